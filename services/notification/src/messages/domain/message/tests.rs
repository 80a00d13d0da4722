//! Which event triggers which message, and for whom.

use super::{
    super::facts::{Agreement, tests::facts},
    *,
};

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
fn everybody_who_had_agreed_is_told_of_other_dates_and_of_another_unit() {
    let confirmed = Facts { was_agreed: true, agreement: Some(Agreement::Confirmed), awaits: None, ..facts() };
    let by_school = Facts { actor: confirmed.placing_coordinator, state_changed: false, ..confirmed };
    let told = |message| [by_school.receiving_coordinator, by_school.agent].map(|person| (message, person));
    assert_eq!(sent(Trigger::DatesChanged, &by_school), told(Message::DatesChanged));
    assert_eq!(sent(Trigger::Postponed, &by_school), told(Message::DatesChanged));
    let former = Some(PersonId::from(uuid::Uuid::from_u128(99)));
    let elsewhere = Facts { actor: None, previous_agent: former, ..by_school };
    let everybody = [elsewhere.receiving_coordinator, elsewhere.agent, elsewhere.placing_coordinator];
    let mut told: Vec<_> = everybody.map(|person| (Message::DestinationChanged, person)).into();
    told.push((Message::WithdrawnFromDestination, former));
    assert_eq!(sent(Trigger::DestinationChanged, &elsewhere), told);
    let same_person = Facts { previous_agent: elsewhere.agent, ..elsewhere };
    assert_eq!(sent(Trigger::DestinationChanged, &same_person).len(), 3, "who answers for both units keeps it");
}

#[test]
fn other_dates_ask_those_anew_who_had_agreed_to_others() {
    let former = facts().agent;
    let pending = Facts {
        was_agreed: true,
        awaits: Some(Awaits::Coordinator),
        agent: None,
        previous_agent: former,
        actor: facts().placing_coordinator,
        ..facts()
    };
    for trigger in [Trigger::DatesChanged, Trigger::Postponed] {
        let told = [(Message::RequestSent, pending.receiving_coordinator), (Message::WithdrawnFromDestination, former)];
        assert_eq!(sent(trigger, &pending), told, "{trigger:?}");
    }
    let at_unit = Facts { actor: facts().placing_coordinator, ..facts() };
    assert_eq!(sent(Trigger::DatesChanged, &at_unit), [(Message::RedirectedLink, at_unit.agent)]);
    let by_account = Facts { awaits: Some(Awaits::Destination), ..at_unit };
    assert_eq!(sent(Trigger::DatesChanged, &by_account), [(Message::Redirected, by_account.agent)]);
    let still_pending = Facts { state_changed: false, ..by_account };
    assert_eq!(sent(Trigger::DatesChanged, &still_pending), [], "it has been asked for already");
}

#[test]
fn what_shows_a_reason_is_about_a_refusal_a_change_or_an_end() {
    let with_reason: Vec<_> = Message::ALL.iter().filter(|m| m.rows().any(|row| row == Reason)).collect();
    let expected = [
        Message::DeclinedByDestination,
        Message::RequestDeclined,
        Message::RequestCancelled,
        Message::DatesChanged,
        Message::RequestsAffectedByClosure,
    ];
    assert_eq!(with_reason, expected.iter().collect::<Vec<_>>());
}
