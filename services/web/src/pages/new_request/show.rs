//! A new request, or a draft that is changed: one form that shows where there is room while people choose. Looking is a
//! POST too, since what people type into a comment has no place in an address.

use axum::{
    extract::Path,
    response::{IntoResponse as _, Redirect, Response},
};
use axum_extra::extract::{Form, Query};
use kernel::ErrorKind;
use proto::placement::v1::{
    Action, CreateRequestRequest, GetRequestRequest, PlacementRequest, SendRequestRequest, UpdateRequestRequest,
};
use tonic::Status;
use uuid::Uuid;

use super::{choices::is_quick_entry, form, menu::ENTRY, page::page};
use crate::{
    shell::{NO_CALL, NO_VERSION, PageError, SignedIn},
    ui::{FormErrors, Values},
};

pub(super) async fn show(user: SignedIn, Query(given): Query<Vec<(String, String)>>) -> Result<Response, PageError> {
    if !ENTRY.is_open_to(user.session.role()) {
        return Err(PageError::own(ErrorKind::Forbidden, "new-not-yours"));
    }
    let form = form::begin(given.into(), &user.env.ids);
    page(&user, form, None, FormErrors::default()).await
}

pub(super) async fn submit(user: SignedIn, Form(typed): Form<Vec<(String, String)>>) -> Result<Response, PageError> {
    let form = Values::from(typed);
    if form.one("step") == "look" {
        return page(&user, form, None, FormErrors::default()).await;
    }
    let request_id = form.one("request_id").to_owned();
    let message = CreateRequestRequest { request: Some(form::request(&form, "")), request_id };
    if let Some(redraw) = user.redraw {
        let message = CreateRequestRequest { request_id: NO_CALL.into(), ..message };
        let refusal = redraw.refusal(user.api.requests().create_request(message)).await;
        return page(&user, form, None, refusal.map(FormErrors::of).transpose()?.unwrap_or_default()).await;
    }
    let created = match user.api.requests().create_request(message).await {
        Ok(answer) => subject(answer.into_inner().request)?,
        Err(status) => {
            let form = form::with_call(form, &user.env.ids);
            return page(&user, form, None, FormErrors::of(status)?).await;
        }
    };
    go_on(&user, &form, created).await
}

pub(super) async fn show_draft(user: SignedIn, Path(id): Path<String>) -> Result<Response, PageError> {
    let draft = read(&user, id).await?;
    if !draft.actions.contains(&i32::from(Action::Update)) {
        return Ok(Redirect::to(&format!("/requests/{}", draft.id)).into_response());
    }
    let form = form::of(&draft, &user.env.ids);
    page(&user, form, Some(draft), FormErrors::default()).await
}

pub(super) async fn submit_draft(
    user: SignedIn,
    Path(id): Path<String>,
    Form(typed): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let form = Values::from(typed);
    let draft = read(&user, id).await?;
    if form.one("step") == "look" {
        return page(&user, form, Some(draft), FormErrors::default()).await;
    }
    let message = UpdateRequestRequest {
        request: Some(form::request(&form, &draft.id)),
        update_mask: None,
        request_id: form.one("request_id").to_owned(),
    };
    if let Some(redraw) = user.redraw {
        let request = message.request.map(|request| PlacementRequest { etag: NO_VERSION.into(), ..request });
        let message = UpdateRequestRequest { request, request_id: NO_CALL.into(), ..message };
        let refusal = redraw.refusal(user.api.requests().update_request(message)).await;
        return page(&user, form, Some(draft), refusal.map(FormErrors::of).transpose()?.unwrap_or_default()).await;
    }
    let updated = match user.api.requests().update_request(message).await {
        Ok(answer) => subject(answer.into_inner().request)?,
        Err(status) => {
            let errors = FormErrors::of(status)?;
            // Somebody else saved in the meantime: what is typed stays, and is compared with the newest from now on.
            let form = form::with_call(form, &user.env.ids).with("etag", &draft.etag);
            return page(&user, form, Some(draft), errors).await;
        }
    };
    go_on(&user, &form, updated).await
}

/// Sends what was saved, if that was the wish.
async fn go_on(user: &SignedIn, form: &Values, saved: PlacementRequest) -> Result<Response, PageError> {
    let to = format!("/requests/{}", saved.id);
    if form.one("step") != "send" || is_quick_entry(user) {
        let key = if is_quick_entry(user) { "done-quick-entry" } else { "done-saved" };
        return Ok(user.done(key, &saved.reference, &to));
    }
    let request_id = user.env.ids.next::<Uuid>().to_string();
    let message = SendRequestRequest { id: saved.id.clone(), etag: saved.etag.clone(), request_id };
    match user.api.requests().send_request(message).await {
        Ok(_) => Ok(user.done("done-sent", &saved.reference, &to)),
        // The draft is safe; what keeps it from being sent is said above its form.
        Err(status) => {
            let errors = FormErrors::of(status)?;
            page(user, form::of(&saved, &user.env.ids), Some(saved), errors).await
        }
    }
}

async fn read(user: &SignedIn, id: String) -> Result<PlacementRequest, PageError> {
    subject(user.api.requests().get_request(GetRequestRequest { id }).await?.into_inner().request)
}

fn subject(request: Option<PlacementRequest>) -> Result<PlacementRequest, PageError> {
    request.ok_or_else(|| Status::internal("an answer without its subject").into())
}
