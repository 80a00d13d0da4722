//! Doing something with it. What is refused is shown again with what was typed; what somebody else was faster with is explained.

use axum::{extract::Path, response::Response};
use axum_extra::extract::Form;
use tonic::Status;

use super::{
    action_form::ActionForm,
    data::RequestData,
    page::page,
    view::{Attempt, PageQuery},
};
use crate::{
    pages::{
        actions::{self, Action, DELETE},
        requests::page_of,
    },
    shell::{NO_CALL, NO_VERSION, PageError, Redraw, SignedIn, own_back},
    ui::{FormErrors, user_message},
};

pub(super) async fn submit(
    user: SignedIn,
    Path((id, verb)): Path<(String, String)>,
    Form(form): Form<ActionForm>,
) -> Result<Response, PageError> {
    let action = actions::posted(&verb, &form.answer).ok_or(PageError::missing())?;
    if let Some(redraw) = user.redraw {
        return Box::pin(again(&user, &id, action, form, redraw)).await;
    }
    match action.call(&user.api, form.input(&id)).await {
        Ok(_) => Ok(user.done(action.done, &form.reference, &next(&id, action, &form))),
        Err(status) => Box::pin(refused(&user, &id, action, form, status)).await,
    }
}

/// To where the person came from, else to the request as it is now.
fn next(id: &str, action: &'static Action, form: &ActionForm) -> String {
    let back = own_back(&form.back);
    if !back.is_empty() {
        return back;
    }
    // What was deleted has no page.
    if *action == DELETE { "/requests".into() } else { page_of(id, "") }
}

/// The form again, if the request still offers it or somebody was faster; else the answer's own page.
async fn refused(
    user: &SignedIn,
    id: &str,
    action: &'static Action,
    form: ActionForm,
    status: Status,
) -> Result<Response, PageError> {
    let stale = user_message::reason(&status) == "STALE_ETAG";
    let errors = FormErrors::of(status.clone())?;
    let data = RequestData::read(user, id, true).await?;
    if !stale && !data.actions.contains(&action) {
        return Err(status.into());
    }
    let query = PageQuery { open: Some(action), back: own_back(&form.back), ..PageQuery::default() };
    let errors = if stale { FormErrors::default() } else { errors };
    Ok(page(user, &data, &query, Some(Attempt { action, form, errors, stale })))
}

/// The form again in another language, and nothing done.
async fn again(
    user: &SignedIn,
    id: &str,
    action: &'static Action,
    form: ActionForm,
    redraw: Redraw,
) -> Result<Response, PageError> {
    let refused = ActionForm { etag: NO_VERSION.into(), request_id: NO_CALL.into(), ..form.clone() };
    let refusal = redraw.refusal(action.call(&user.api, refused.input(id))).await;
    let errors = refusal.map(FormErrors::of).transpose()?.unwrap_or_default();
    let data = RequestData::read(user, id, true).await?;
    let query = PageQuery { open: Some(action), back: own_back(&form.back), ..PageQuery::default() };
    let offered = data.actions.contains(&action);
    let attempt = offered.then_some(Attempt { action, form, errors, stale: false });
    Ok(page(user, &data, &query, attempt))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::actions::SEND;

    #[test]
    fn afterwards_one_is_where_one_came_from_and_never_elsewhere() {
        let from = |back: &str| ActionForm { back: back.into(), ..ActionForm::default() };
        assert_eq!(next("7", &SEND, &from("/requests?state=sent")), "/requests?state=sent");
        assert_eq!(next("7", &SEND, &from("")), "/requests/7");
        assert_eq!(next("7", &DELETE, &from("")), "/requests");
        assert_eq!(next("7", &SEND, &from("//example.org")), "/");
    }
}
