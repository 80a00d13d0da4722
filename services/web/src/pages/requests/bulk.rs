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
    placement::v1::{Action, GetRequestRequest, PlacementRequest, State},
};
use serde::Deserialize;
use uuid::Uuid;

use super::{choices::Choice, filters::LIST, row::Row};
use crate::{
    addresses::own_page,
    failure::{self, Trouble, render},
    faults::Faults,
    frame::{Frame, Room},
    lookups::Reasons,
    text::Text,
    visitor::SignedIn,
};

/// Where requests that were picked are shown once more.
pub(crate) const PREPARE: &str = "/requests/bulk";
/// Where it is done.
pub(crate) const RUN: &str = "/requests/bulk/run";

/// Calls that are under way at the same time.
pub(crate) const AT_ONCE: usize = 8;
/// Most requests of one go: as many as the longest page of the list has.
pub(crate) const MOST: usize = 200;

/// What can be done with many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bulk {
    /// Send drafts.
    Send,
    /// Confirm what was accepted.
    Confirm,
    /// Delete drafts.
    Delete,
    /// Cancel, with a reason.
    Cancel,
    /// Accept, for the agency or the destination.
    Accept,
    /// Decline, with a reason.
    Decline,
    /// Redirect to the destination that each request names.
    Redirect,
}

impl Bulk {
    const ALL: [Self; 7] =
        [Self::Send, Self::Confirm, Self::Delete, Self::Cancel, Self::Accept, Self::Decline, Self::Redirect];

    /// What a role is offered, in the order of its buttons.
    pub(crate) const fn of(role: Role) -> &'static [Self] {
        match role {
            Role::PlacingCoordinator => &[Self::Send, Self::Confirm, Self::Cancel, Self::Delete],
            Role::ReceivingCoordinator => &[Self::Redirect, Self::Accept, Self::Decline],
            Role::DestinationCoordinator => &[Self::Accept, Self::Decline],
            _ => &[],
        }
    }

    /// The name in forms and keys.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Send => "send",
            Self::Confirm => "confirm",
            Self::Delete => "delete",
            Self::Cancel => "cancel",
            Self::Accept => "accept",
            Self::Decline => "decline",
            Self::Redirect => "redirect",
        }
    }

    /// The one of a name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.name() == name)
    }

    /// What a button is called.
    pub(crate) fn label(self, text: &Text) -> String {
        text.t(&format!("requests-bulk-{}", self.name()))
    }

    /// Whether something is taken away by it.
    pub(crate) const fn is_grave(self) -> bool {
        matches!(self, Self::Delete | Self::Cancel | Self::Decline)
    }

    /// Which of its reasons must be given.
    pub(crate) const fn reason(self) -> Option<ReasonUse> {
        match self {
            Self::Cancel => Some(ReasonUse::Cancel),
            Self::Decline => Some(ReasonUse::Decline),
            _ => None,
        }
    }

    /// Whether words can go with it.
    pub(crate) const fn takes_words(self) -> bool {
        matches!(self, Self::Cancel | Self::Accept | Self::Decline | Self::Redirect)
    }

    /// Whether it can be tried with a request, by what the request itself offers the caller; the service has the last word.
    pub(crate) fn allows(self, role: Role, request: &PlacementRequest) -> bool {
        let answer =
            if role == Role::ReceivingCoordinator { Action::AnswerForAgency } else { Action::AnswerAtDestination };
        let offers = |action: Action| request.actions.contains(&i32::from(action));
        match self {
            Self::Send => offers(Action::Send),
            Self::Confirm => offers(Action::Confirm),
            // What was sent can be taken back too, but one by one: many at once are drafts.
            Self::Delete => offers(Action::Delete) && request.state() == State::Draft,
            Self::Cancel => offers(Action::Cancel),
            Self::Accept => offers(answer),
            // An answer is offered after a no as well, and after a yes to be ratified: only a yes is possible then.
            Self::Decline => offers(answer) && is_undecided(role, request.state()),
            Self::Redirect => offers(Action::Redirect) && !request.destination_id.is_empty(),
        }
    }
}

fn is_undecided(role: Role, state: State) -> bool {
    match state {
        State::Declined | State::AcceptedByDestination => false,
        State::DeclinedByDestination => role == Role::ReceivingCoordinator,
        _ => true,
    }
}

/// A request that takes part, as the next form carries it.
struct Part {
    row: Row,
    carried: String,
}

/// A request that does not, and why.
struct Left {
    row: Option<Row>,
    why: String,
}

#[derive(Template)]
#[template(path = "requests/bulk.html")]
struct Page<'a> {
    text: Text,
    frame: Frame,
    action: Bulk,
    given: &'a Given,
    back: &'a str,
    parts: Vec<Part>,
    left: Vec<Left>,
    going: u32,
    staying: u32,
    reasons: Vec<Choice>,
    faults: Faults,
}

/// What was picked, and what was typed if the page is shown again.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Given {
    pub(crate) action: String,
    pub(crate) id: Vec<String>,
    pub(crate) reason_code: String,
    pub(crate) comment: String,
    pub(crate) back: Option<String>,
}

impl Given {
    /// The action, if it is one that the role is offered.
    pub(crate) fn action(&self, role: Role) -> Result<Bulk, Trouble> {
        Bulk::named(&self.action).filter(|action| Bulk::of(role).contains(action)).ok_or_else(Trouble::missing)
    }

    /// Where the list was.
    pub(crate) fn back(&self) -> &str {
        self.back.as_deref().map_or(LIST, |back| own_page(Some(back)))
    }
}

pub(crate) async fn prepare(who: SignedIn, Form(given): Form<Given>) -> Result<Response, Trouble> {
    show(&who, &given, Faults::default()).await
}

/// The page that asks once more.
pub(crate) async fn show(who: &SignedIn, given: &Given, faults: Faults) -> Result<Response, Trouble> {
    let (text, role) = (who.text(), who.session.role());
    let (action, back) = (given.action(role)?, given.back());
    let (mut parts, mut left) = (Vec::new(), Vec::new());
    let reads = stream::iter(given.id.iter().take(MOST).cloned()).map(|id| read(who, id));
    for read in reads.buffered(AT_ONCE).collect::<Vec<_>>().await {
        match read {
            Ok(request) if action.allows(role, &request) => {
                let carried = carried(&request, &who.env.ids.next::<Uuid>());
                parts.push(Part { row: Row::of(text, role, back, &request), carried });
            }
            Ok(request) => {
                let row = Some(Row::of(text, role, back, &request));
                left.push(Left { row, why: why_not(text, action, &request) });
            }
            Err(why) => left.push(Left { row: None, why }),
        }
    }
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    let reasons = if parts.is_empty() { Vec::new() } else { reasons(who, action.reason(), &given.reason_code).await? };
    // There is no form under this address to come back to: another language shows the list.
    let frame = Frame { here: back.to_owned(), ..who.frame(Room::Requests) };
    let frame = if parts.is_empty() { frame } else { frame.holding("bulk", "") };
    let count = |of: usize| u32::try_from(of).unwrap_or(u32::MAX);
    let (going, staying) = (count(parts.len()), count(left.len()));
    let page = Page { text, frame, action, given, back, parts, left, going, staying, reasons, faults };
    Ok((status, render(&page)).into_response())
}

async fn read(who: &SignedIn, id: String) -> Result<PlacementRequest, String> {
    let answer = who.api.requests().get_request(GetRequestRequest { id }).await;
    let request = answer.map_err(|status| failure::told(who.text(), &status))?.into_inner().request;
    Ok(request.unwrap_or_default())
}

/// Id, version, id of the call and reference in one field: browsers send fields of one name in order, but not in groups.
fn carried(request: &PlacementRequest, call: &Uuid) -> String {
    format!("{} {} {call} {}", request.id, request.etag, request.reference)
}

fn why_not(text: Text, action: Bulk, request: &PlacementRequest) -> String {
    let offers_redirect = request.actions.contains(&i32::from(Action::Redirect));
    if action == Bulk::Redirect && offers_redirect {
        text.t("requests-left-unit")
    } else {
        text.t("requests-left-state")
    }
}

async fn reasons(who: &SignedIn, of: Option<ReasonUse>, chosen: &str) -> Result<Vec<Choice>, tonic::Status> {
    let Some(of) = of else { return Ok(Vec::new()) };
    let reasons = Reasons::read(&who.api).await?;
    let choice = |reason: &Reason| Choice::new(&reason.code, who.text().pick(reason.name.as_ref()), chosen);
    Ok(reasons.offered(of).map(choice).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(state: State, actions: &[Action]) -> PlacementRequest {
        let actions = actions.iter().map(|action| i32::from(*action)).collect();
        PlacementRequest { state: state.into(), actions, ..PlacementRequest::default() }
    }

    #[test]
    fn nothing_is_tried_that_a_request_does_not_offer() {
        let settled = request(State::Confirmed, &[]);
        for role in [Role::PlacingCoordinator, Role::ReceivingCoordinator, Role::DestinationCoordinator] {
            assert!(Bulk::of(role).iter().all(|action| !action.allows(role, &settled)));
        }
    }

    #[test]
    fn only_drafts_are_deleted_many_at_once() {
        let role = Role::PlacingCoordinator;
        assert!(Bulk::Delete.allows(role, &request(State::Draft, &[Action::Delete])));
        assert!(!Bulk::Delete.allows(role, &request(State::Sent, &[Action::Delete])));
    }

    #[test]
    fn what_was_declined_is_not_declined_again() {
        let agency =
            |state| Bulk::Decline.allows(Role::ReceivingCoordinator, &request(state, &[Action::AnswerForAgency]));
        assert!(agency(State::Sent) && agency(State::DeclinedByDestination));
        assert!(!agency(State::Declined) && !agency(State::AcceptedByDestination));
        let unit =
            |state| Bulk::Decline.allows(Role::DestinationCoordinator, &request(state, &[Action::AnswerAtDestination]));
        assert!(unit(State::Redirected) && !unit(State::DeclinedByDestination));
    }

    #[test]
    fn a_redirect_needs_a_destination() {
        let mut sent = request(State::Sent, &[Action::Redirect]);
        assert!(!Bulk::Redirect.allows(Role::ReceivingCoordinator, &sent));
        sent.destination_id = "01a2".into();
        assert!(Bulk::Redirect.allows(Role::ReceivingCoordinator, &sent));
    }

    #[test]
    fn an_action_of_another_role_does_not_exist() {
        let given = Given { action: "send".into(), ..Given::default() };
        assert!(given.action(Role::PlacingCoordinator).is_ok());
        assert!(given.action(Role::DestinationCoordinator).is_err());
    }
}
