//! A request as a row of a table: words instead of codes, in the reader's language.

use proto::{
    identity::v1::Role,
    placement::v1::{PlacementRequest, PlacementRequestSummary, State, WaitingFor},
};

use super::listing::own_turn;
use crate::{
    shell::address,
    ui::{Text, slug},
};

pub(crate) struct Row {
    pub(crate) id: String,
    /// Its page, which leads back to where the row is.
    pub(crate) address: String,
    pub(crate) reference: String,
    pub(crate) state: State,
    pub(crate) state_label: String,
    /// Who asks: the school, for those who receive.
    pub(crate) school: String,
    pub(crate) program: String,
    pub(crate) course: String,
    pub(crate) site: String,
    /// Service and unit, as far as they are known.
    pub(crate) unit: String,
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) students: i32,
    /// Whose turn it is; empty where it is nobody's.
    pub(crate) waiting: String,
    /// Whether it is the reader's.
    pub(crate) mine: bool,
    /// By when; empty where nobody has to hurry.
    pub(crate) due: String,
    pub(crate) overdue: bool,
    pub(crate) changed: bool,
    /// On which days where it is to be received is closed; empty where it is open.
    pub(crate) closed: String,
}

impl Row {
    /// Of a request, for a reader in a role, on the page `here`.
    pub(crate) fn of(text: Text, role: Role, here: &str, request: PlacementRequestSummary) -> Self {
        let (state, waiting_for) = (request.state(), request.waiting_for());
        let closed = [&request.closure_start_date, &request.closure_end_date].map(|day| text.short_day(day));
        let unit = [request.service, request.destination];
        let known: Vec<_> = unit.into_iter().filter(|name| !name.is_empty()).collect();
        Self {
            address: page_of(&request.id, here),
            id: request.id,
            reference: request.reference,
            state,
            state_label: text.state(state, role),
            school: if role == Role::PlacingCoordinator { String::new() } else { request.placing_agency },
            program: request.program,
            course: request.course,
            site: request.site,
            unit: known.join(" · "),
            from: text.short_day(&request.start_date),
            to: text.short_day(&request.end_date),
            students: request.student_count,
            waiting: waiting(text, role, waiting_for),
            mine: is_mine(role, waiting_for),
            due: text.short_day(&request.due_date),
            overdue: request.overdue,
            changed: request.changed_by_others,
            closed: if closed[0].is_empty() { String::new() } else { closed.join(" – ") },
        }
    }

    /// Of a request that was read whole.
    pub(crate) fn of_whole(text: Text, role: Role, here: &str, request: &PlacementRequest) -> Self {
        Self::of(text, role, here, request.summary(text.0))
    }

    pub(crate) fn all(text: Text, role: Role, here: &str, requests: Vec<PlacementRequestSummary>) -> Vec<Self> {
        requests.into_iter().map(|request| Self::of(text, role, here, request)).collect()
    }
}

/// The page of a request, which leads back to `here`.
pub(crate) fn page_of(id: &str, here: &str) -> String {
    address(&format!("/requests/{id}"), &[("back", here)])
}

fn is_mine(role: Role, waiting_for: WaitingFor) -> bool {
    waiting_for != WaitingFor::Unspecified && waiting_for == own_turn(role)
}

/// Whose turn it is, in words; the reader's own turn is said as such.
pub(crate) fn waiting(text: Text, role: Role, waiting_for: WaitingFor) -> String {
    match waiting_for {
        WaitingFor::Unspecified | WaitingFor::Nobody => String::new(),
        own if is_mine(role, own) => text.t("requests-waiting-mine"),
        other => text.t(&format!("requests-waiting-{}", slug(other.as_str_name(), "WAITING_FOR_"))),
    }
}

#[cfg(test)]
mod tests {
    use kernel::Locale;

    use super::*;

    #[test]
    fn ones_own_turn_is_said_as_such() {
        let text = Text(Locale::En);
        let school = waiting(text, Role::PlacingCoordinator, WaitingFor::PlacingAgency);
        assert_eq!(school, text.t("requests-waiting-mine"));
        let other = waiting(text, Role::ReceivingCoordinator, WaitingFor::PlacingAgency);
        assert_eq!(other, text.t("requests-waiting-placing-agency"));
        assert_eq!(waiting(text, Role::ReceivingCoordinator, WaitingFor::Nobody), "");
    }
}
