//! What is done with many requests at once. Before it is done, a page says what will happen to how many of them, and which
//! ones cannot take part.

use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use axum_extra::extract::Form;
use futures::{StreamExt as _, stream};
use proto::{
    configuration::v1::{Reason, ReasonUse},
    identity::v1::Role,
    placement::v1::{GetRequestRequest, PlacementRequest},
};
use serde::Deserialize;
use uuid::Uuid;

use super::super::{filters::LIST, menu::ENTRY, row::Row};
use crate::{
    api::Reasons,
    pages::actions::{Action, named_for_many},
    shell::{Layout, PageError, SignedIn, own_page},
    ui::{Choice, FormErrors, Misfits, Text, render, user_message},
};

/// Where requests that were picked are shown once more.
pub(in crate::pages::requests) const PREPARE: &str = "/requests/bulk";
/// Where it is done.
pub(super) const START: &str = "/requests/bulk/run";

/// Calls that are under way at the same time.
pub(super) const AT_ONCE: usize = 8;
/// Most requests of one go: as many as the longest page of the list has.
pub(super) const MOST: usize = 200;

/// A request that takes part, as the next form carries it.
struct Part {
    row: Row,
    id: String,
    carried: String,
    /// Why it does not fit; it takes part if that is ticked.
    misfits: Misfits,
}

/// A request that does not, and why.
struct Left {
    row: Option<Row>,
    why: String,
}

#[derive(Template)]
#[template(path = "requests/bulk_prepare.html")]
struct Page<'a> {
    text: Text,
    layout: Layout,
    action: &'static Action,
    form: &'a BulkForm,
    back: &'a str,
    parts: Vec<Part>,
    /// Those that take part where somebody ticks them.
    doubtful: Vec<Part>,
    left: Vec<Left>,
    going: u32,
    hesitating: u32,
    staying: u32,
    reasons: Vec<Choice>,
    errors: FormErrors,
}

/// What was picked, and what was typed if the page is shown again.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct BulkForm {
    pub(super) action: String,
    pub(super) id: Vec<String>,
    pub(super) reason_code: String,
    pub(super) comment: String,
    pub(super) back: Option<String>,
}

impl BulkForm {
    /// The action, if it is one that the role is offered.
    pub(super) fn action(&self, role: Role) -> Result<&'static Action, PageError> {
        named_for_many(role, &self.action).ok_or_else(PageError::missing)
    }

    /// Where the list was.
    pub(super) fn back(&self) -> &str {
        self.back.as_deref().map_or(LIST, |back| own_page(Some(back)))
    }
}

pub(super) async fn prepare(user: SignedIn, Form(form): Form<BulkForm>) -> Result<Response, PageError> {
    show(&user, &form, FormErrors::default()).await
}

/// The page that asks once more.
pub(super) async fn show(user: &SignedIn, form: &BulkForm, errors: FormErrors) -> Result<Response, PageError> {
    let (text, role) = (user.text(), user.session.role());
    let (action, back) = (form.action(role)?, form.back());
    let (mut parts, mut left) = (Vec::new(), Vec::new());
    let reads = stream::iter(form.id.iter().take(MOST).cloned()).map(|id| read(user, id));
    for read in reads.buffered(AT_ONCE).collect::<Vec<_>>().await {
        match read {
            Ok(request) if action.takes(&request) => {
                let misfits = action.misfits(&request);
                let carried = carried(&request, &user.env.ids.next::<Uuid>(), &misfits);
                let row = Row::of_whole(text, role, back, &request);
                parts.push(Part { row, id: request.id, carried, misfits });
            }
            Ok(request) => {
                let row = Some(Row::of_whole(text, role, back, &request));
                left.push(Left { row, why: why_not(text, action, &request) });
            }
            Err(why) => left.push(Left { row: None, why }),
        }
    }
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    let (doubtful, parts): (Vec<_>, Vec<_>) = parts.into_iter().partition(|part| !part.misfits.is_empty());
    let nothing_goes = parts.is_empty() && doubtful.is_empty();
    let reasons =
        if nothing_goes { Vec::new() } else { reasons(user, action.required_reason(), &form.reason_code).await? };
    // There is no form under this address to come back to: another language shows the list.
    let layout = Layout { here: back.to_owned(), ..user.layout(ENTRY) };
    let layout = if nothing_goes { layout } else { layout.with_form("bulk", "") };
    let count = |of: usize| u32::try_from(of).unwrap_or(u32::MAX);
    let (going, hesitating, staying) = (count(parts.len()), count(doubtful.len()), count(left.len()));
    let page =
        Page { text, layout, action, form, back, parts, doubtful, left, going, hesitating, staying, reasons, errors };
    Ok((status, render(&page)).into_response())
}

async fn read(user: &SignedIn, id: String) -> Result<PlacementRequest, String> {
    let answer = user.api.requests().get_request(GetRequestRequest { id }).await;
    let request = answer.map_err(|status| user_message::of(user.text(), &status))?.into_inner().request;
    Ok(request.unwrap_or_default())
}

/// Id, version, id of the call, reference, and what does not fit in one field: browsers send fields of one name in order, but not in
/// groups.
fn carried(request: &PlacementRequest, call: &Uuid, misfits: &Misfits) -> String {
    format!("{} {} {call} {} {}", request.id, request.etag, request.reference, misfits.value()).trim_end().to_owned()
}

fn why_not(text: Text, action: &Action, request: &PlacementRequest) -> String {
    text.t(if action.lacks_destination(request) { "requests-left-unit" } else { "requests-left-state" })
}

async fn reasons(user: &SignedIn, of: Option<ReasonUse>, chosen: &str) -> Result<Vec<Choice>, tonic::Status> {
    let Some(of) = of else { return Ok(Vec::new()) };
    let reasons = Reasons::read(&user.api).await?;
    let choice = |reason: &Reason| Choice::new(&reason.code, user.text().pick(reason.name.as_ref()), chosen);
    Ok(reasons.offered(of).map(choice).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_action_of_another_role_does_not_exist() {
        let form = BulkForm { action: "send".into(), ..BulkForm::default() };
        assert!(form.action(Role::PlacingCoordinator).is_ok());
        assert!(form.action(Role::DestinationCoordinator).is_err());
    }
}
