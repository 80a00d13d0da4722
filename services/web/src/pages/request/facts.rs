//! What is asked for and by whom, as labels and values.

use proto::{
    identity::v1::{BusinessCard, Role},
    placement::v1::{GetRequestContactsResponse, Origin, PlacementRequest, State, WaitingFor},
};

use crate::{api::Reasons, ui::Text};

/// One label with its value, and a quieter second line.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fact {
    pub(super) label: String,
    pub(super) value: String,
    pub(super) detail: String,
}

/// Somebody who has to do with the request.
pub(super) struct Contact {
    pub(super) role: String,
    /// The person; empty where nobody is named.
    pub(super) name: String,
    /// What is said in place of a name.
    pub(super) unnamed: String,
    /// For whom they act.
    pub(super) of: String,
    /// Title, address and phone, as far as they are known.
    pub(super) card: BusinessCard,
    /// Whether the request waits for them.
    pub(super) is_waited_for: bool,
}

/// What is asked for. What is empty is left out.
pub(super) fn facts(text: Text, request: &PlacementRequest, placement_type: &str) -> Vec<Fact> {
    let names = request.names.clone().unwrap_or_default();
    let destination = if names.destination.is_empty() { text.t("request-no-destination") } else { names.destination };
    let hours = request.hours_per_student;
    let hours = if hours > 0 { text.n("hours-each", hours) } else { String::new() };
    let all = [
        ("request-place", destination, text.pick(names.service.as_ref())),
        ("request-site", names.site, names.receiving_agency),
        (
            "request-dates",
            text.dates(&request.start_date, &request.end_date),
            text.days(&request.weekdays, &request.shift_code),
        ),
        ("request-students", text.n("students", request.student_count), joined(&[text.kind(request.kind()), hours])),
        ("request-type", placement_type.to_owned(), String::new()),
        ("request-school", names.placing_agency, joined(&[text.pick(names.program.as_ref()), names.course])),
        ("request-origin", origin(text, request.origin()), String::new()),
        ("request-release", text.day(&request.release_date), String::new()),
    ];
    let shown = all.into_iter().filter(|(_, value, _)| !value.is_empty());
    shown.map(|(key, value, detail)| Fact { label: text.t(key), value, detail }).collect()
}

/// Marks that do not change the state, in words.
pub(super) fn tags(text: Text, request: &PlacementRequest) -> Vec<String> {
    let named = |tag: &String| match tag.as_str() {
        "POSTPONE" => text.t("request-tag-postpone"),
        "PARTCANC" => text.t("request-tag-partial"),
        other => other.to_owned(),
    };
    request.tags.iter().map(named).collect()
}

/// Who has to do with it, and how to reach them.
pub(super) fn people(text: Text, request: &PlacementRequest, cards: &GetRequestContactsResponse) -> Vec<Contact> {
    let names = request.names.clone().unwrap_or_default();
    let service = text.pick(names.service.as_ref());
    let is_asked = !matches!(request.state(), State::Draft | State::Held | State::Sent | State::SentOffline);
    let contact =
        |(role, unnamed): (Role, &str), waited, name: String, of: [String; 2], card: &Option<BusinessCard>| {
            let is_waited_for = request.waiting_for() == waited;
            let (role, unnamed, of) = (text.role(role), text.t(unnamed), joined_by(", ", &of));
            Contact { role, unnamed, is_waited_for, name, of, card: card.clone().unwrap_or_default() }
        };
    let all = [
        contact(
            (Role::PlacingCoordinator, "request-no-person"),
            WaitingFor::PlacingAgency,
            names.placing_coordinator,
            [String::new(), names.placing_agency],
            &cards.placing_coordinator,
        ),
        contact(
            (Role::ReceivingCoordinator, "request-no-person"),
            WaitingFor::ReceivingAgency,
            names.receiving_coordinator,
            [service, names.receiving_agency],
            &cards.receiving_coordinator,
        ),
        contact(
            (Role::DestinationCoordinator, if is_asked { "request-no-agent" } else { "request-not-asked" }),
            WaitingFor::Destination,
            names.destination_coordinator,
            if names.destination.is_empty() { Default::default() } else { [names.destination, names.site] },
            &cards.destination_coordinator,
        ),
    ];
    all.into_iter().filter(|contact| !contact.name.is_empty() || !contact.of.is_empty()).collect()
}

/// The reason of the last answer and what was said with it.
pub(super) fn answer(text: Text, request: &PlacementRequest, reasons: &Reasons) -> Option<(String, String)> {
    let reason = if request.reason_code.is_empty() { String::new() } else { reasons.name(text, &request.reason_code) };
    let said = request.answer_comment.clone();
    (!reason.is_empty() || !said.is_empty()).then_some((reason, said))
}

/// Only what is out of the ordinary.
fn origin(text: Text, origin: Origin) -> String {
    if origin == Origin::ReceivingAgency { text.t("request-quick-entry") } else { String::new() }
}

fn joined(parts: &[String]) -> String {
    joined_by(" · ", parts)
}

fn joined_by(separator: &str, parts: &[String]) -> String {
    parts.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(separator)
}

#[cfg(test)]
mod tests {
    use kernel::Locale;
    use proto::placement::v1::Names;

    use super::*;

    #[test]
    fn what_nobody_said_is_left_out() {
        let request = PlacementRequest { student_count: 2, start_date: "2027-01-11".into(), ..Default::default() };
        let labels: Vec<_> =
            facts(Text(Locale::En), &request, "").into_iter().map(|fact| (fact.label, fact.detail)).collect();
        assert!(labels.iter().all(|(label, _)| label != &Text(Locale::En).t("request-type")), "{labels:?}");
        assert!(!labels.is_empty());
    }

    #[test]
    fn a_side_without_a_person_is_named_all_the_same() {
        let names = Names { receiving_agency: "Clinique".into(), ..Names::default() };
        let request = PlacementRequest { names: Some(names), ..Default::default() };
        let people = people(Text(Locale::Fr), &request, &GetRequestContactsResponse::default());
        assert_eq!(people.len(), 1);
        assert_eq!((people[0].name.as_str(), people[0].of.as_str()), ("", "Clinique"));
    }

    #[test]
    fn whom_it_waits_for_is_told_and_why_nobody_is_named() {
        let names = Names { destination: "4 Ouest".into(), site: "Hôpital".into(), ..Names::default() };
        let request = PlacementRequest {
            names: Some(names),
            state: State::Redirected.into(),
            waiting_for: WaitingFor::Destination.into(),
            ..Default::default()
        };
        let text = Text(Locale::Fr);
        let unit = |request: &PlacementRequest| people(text, request, &GetRequestContactsResponse::default()).remove(0);
        let asked = unit(&request);
        assert_eq!((asked.is_waited_for, asked.of.as_str()), (true, "4 Ouest, Hôpital"));
        assert_eq!(asked.unnamed, text.t("request-no-agent"));
        let sent =
            PlacementRequest { state: State::Sent.into(), waiting_for: WaitingFor::ReceivingAgency.into(), ..request };
        assert_eq!((unit(&sent).is_waited_for, unit(&sent).unnamed), (false, text.t("request-not-asked")));
    }
}
