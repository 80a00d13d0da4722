//! The actions that a request offers, each with its form.

use proto::{identity::v1::Role, placement::v1::State};
use uuid::Uuid;

use super::{
    action_form::ActionForm,
    data::{RequestData, Route},
    destinations::{Destinations, Search},
    view::{Attempt, PageQuery},
};
use crate::{
    pages::actions::{ACCEPT_FOR_AGENCY, Action, DECLINE_FOR_AGENCY, REDIRECT, SEND},
    shell::SignedIn,
    ui::{Choice, FormErrors, Misfits, Text},
};

/// One action and its form.
pub(super) struct ActionSection {
    pub(super) action: &'static Action,
    pub(super) title: String,
    pub(super) consequence: String,
    pub(super) open: bool,
    /// Whether it is what the page is opened for.
    pub(super) primary: bool,
    pub(super) values: ActionForm,
    pub(super) errors: FormErrors,
    /// Whether it holds what somebody typed.
    pub(super) typed: bool,
    pub(super) request_id: String,
    pub(super) reasons: Vec<Choice>,
    pub(super) destinations: Option<Destinations>,
    pub(super) misfits: Misfits,
}

impl ActionSection {
    pub(super) fn id(&self, field: &str) -> String {
        format!("{}-{field}", self.action.slug)
    }

    /// The fields of days, with the keys of their labels.
    pub(super) fn days(&self) -> [(&'static str, &'static str, &str); 2] {
        [("start_date", "request-start", &self.values.start_date), ("end_date", "request-end", &self.values.end_date)]
    }

    /// Errors that stand beside none of its fields.
    pub(super) fn other_errors(&self) -> Vec<&str> {
        self.errors.others(&["reason_code", "comment", "start_date", "end_date", "hours_per_student", "destination_id"])
    }
}

pub(super) fn sections(
    user: &SignedIn,
    data: &RequestData,
    query: &PageQuery,
    attempt: Option<&Attempt>,
    my_turn: bool,
) -> Vec<ActionSection> {
    // To ratify a refusal or to overrule it: neither goes without saying.
    let is_open_question = data.request.state() == State::DeclinedByDestination;
    let first = data.actions.iter().copied().find(|action| action.moves_on()).filter(|_| my_turn && !is_open_question);
    let wanted = attempt.map(|attempt| attempt.action).or(query.open).filter(|action| data.actions.contains(action));
    let open = wanted.or(first);
    let section = |action: &'static Action| {
        let attempt = attempt.filter(|attempt| attempt.action == action);
        let (title, consequence) = action.wording(user.text(), data.request.state(), user.session.role());
        let values = attempt.map_or_else(|| proposed(data, query, action), |attempt| attempt.form.clone());
        ActionSection {
            action,
            title,
            consequence: user
                .text()
                .t(particular_consequence(action, data, user.session.role()).unwrap_or(consequence)),
            open: open == Some(action),
            primary: first == Some(action),
            errors: attempt.map(|attempt| attempt.errors.clone()).unwrap_or_default(),
            typed: attempt.is_some(),
            request_id: user.env.ids.next::<Uuid>().to_string(),
            reasons: reasons(user.text(), data, action, &values),
            misfits: Misfits::of(&data.request.misfits),
            destinations: action.has_destination().then(|| destinations(user.text(), data, query, &values)),
            values,
        }
    };
    data.actions.iter().copied().map(section).collect()
}

/// What follows where that depends on more than the state: from sending, on the way that the request takes; from accepting, on whether
/// a destination is named where the students count.
fn particular_consequence(action: &Action, data: &RequestData, role: Role) -> Option<&'static str> {
    let nowhere = data.request.destination_id.is_empty();
    match data.route {
        _ if *action == ACCEPT_FOR_AGENCY && role == Role::ReceivingCoordinator && nowhere => {
            Some("request-then-accept-nowhere")
        }
        _ if *action != SEND => None,
        _ if data.request.use_release_date => Some("request-then-send-held"),
        Route::Offline => Some("request-then-send-offline"),
        Route::Automatic => Some("request-then-send-automatic"),
        Route::Coordinator => None,
    }
}

/// What a form holds before anybody has typed.
fn proposed(data: &RequestData, query: &PageQuery, action: &'static Action) -> ActionForm {
    let request = &data.request;
    let wished = if *action == REDIRECT { request.destination_id.clone() } else { String::new() };
    let ticked = query.open == Some(action) && !query.destination_id.is_empty();
    // Whoever ratifies a refusal passes its reason on, unless they have another.
    let ratifies = *action == DECLINE_FOR_AGENCY && request.state() == State::DeclinedByDestination;
    ActionForm {
        start_date: request.start_date.clone(),
        end_date: request.end_date.clone(),
        hours_per_student: request.hours_per_student.to_string(),
        resubmit: Some("yes".into()),
        reason_code: if ratifies { request.reason_code.clone() } else { String::new() },
        destination_id: if ticked { query.destination_id.clone() } else { wished },
        ..ActionForm::default()
    }
}

fn reasons(text: Text, data: &RequestData, action: &Action, values: &ActionForm) -> Vec<Choice> {
    let offered = action.reason().into_iter().flat_map(|used_for| data.reasons.offered(used_for));
    offered.map(|r| Choice::new(&r.code, text.pick(r.name.as_ref()), &values.reason_code)).collect()
}

fn destinations(text: Text, data: &RequestData, query: &PageQuery, values: &ActionForm) -> Destinations {
    let search = Search { query: &query.query, chosen: &values.destination_id, present: &data.request.destination_id };
    Destinations::of(text, &data.fits, &search)
}
