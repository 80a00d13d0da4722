//! Which event triggers which message, and for whom.

use super::{super::facts::tests::facts, *};

fn sent(trigger: Trigger, facts: &Facts) -> Vec<(Message, Option<PersonId>)> {
    triggered(trigger, facts).into_iter().map(|m| (m.message, m.recipient)).collect()
}

#[test]
fn what_is_awaited_decides_between_link_and_mail() {
    let mut facts = facts();
    assert_eq!(sent(Trigger::Redirected, &facts), [(Message::RedirectedLink, facts.agent)]);
    facts.awaits = Some(Awaits::Destination);
    assert_eq!(sent(Trigger::Redirected, &facts), [(Message::Redirected, facts.agent)]);
}

#[test]
fn a_missing_agent_is_logged_where_an_answer_is_awaited_and_skipped_elsewhere() {
    let mut facts = Facts { agent: None, ..facts() };
    assert_eq!(sent(Trigger::Redirected, &facts), [(Message::RedirectedLink, None)]);
    facts.actor = facts.placing_coordinator;
    assert_eq!(sent(Trigger::Confirmed, &facts), [(Message::RequestConfirmed, facts.receiving_coordinator)]);
}

#[test]
fn nobody_is_mailed_about_what_they_did_themselves() {
    let mut facts = Facts { reached_destination: true, ..facts() };
    for actor in [facts.placing_coordinator, facts.receiving_coordinator, facts.agent] {
        facts.actor = actor;
        let sent = sent(Trigger::Cancelled, &facts);
        assert_eq!(sent.len(), 2, "{sent:?}");
        assert!(sent.iter().all(|(_, person)| *person != actor));
    }
}

#[test]
fn an_agent_who_never_saw_a_request_is_not_told_of_its_end() {
    let facts = Facts { reached_destination: false, actor: None, ..facts() };
    assert!(sent(Trigger::Cancelled, &facts).iter().all(|(_, person)| *person != facts.agent));
}

#[test]
fn one_person_in_two_roles_gets_one_mail() {
    let base = facts();
    let facts = Facts { agent: base.receiving_coordinator, actor: base.placing_coordinator, ..base };
    assert_eq!(sent(Trigger::Confirmed, &facts).len(), 1);
}

#[test]
fn what_is_pending_anew_is_told_and_what_merely_moved_is_not() {
    let anew = Facts { awaits: Some(Awaits::Coordinator), actor: None, ..facts() };
    assert_eq!(sent(Trigger::Postponed, &anew), [(Message::RequestSent, anew.receiving_coordinator)]);
    assert_eq!(sent(Trigger::Reactivated, &anew), [(Message::RequestSent, anew.receiving_coordinator)]);
    let kept = Facts { awaits: None, ..anew };
    assert_eq!(sent(Trigger::Postponed, &kept), []);
    assert_eq!(sent(Trigger::DatesChanged, &kept), []);
    assert_eq!(sent(Trigger::DestinationChanged, &kept), []);
}

#[test]
fn what_shows_a_reason_is_about_a_refusal_or_an_end() {
    let with_reason: Vec<_> = Message::ALL.iter().filter(|m| m.rows().any(|row| row == Reason)).collect();
    let expected = [
        Message::DeclinedByDestination,
        Message::RequestDeclined,
        Message::RequestCancelled,
        Message::RequestsAffectedByClosure,
    ];
    assert_eq!(with_reason, expected.iter().collect::<Vec<_>>());
}
