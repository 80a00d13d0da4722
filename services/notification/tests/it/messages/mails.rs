//! What is mailed, to whom, in which words.

use proto::{
    configuration::v1::AgencyKind,
    identity::v1::{AccountState, PersonChanged},
    notification::v1::DeliveryState,
    placement::v1::{
        MovedDates, RequestAccepted, RequestAcceptedByDestination, RequestCancelled, RequestConfirmed,
        RequestDatesChanged, RequestDeclined, RequestDeclinedByDestination, RequestDestinationChanged, RequestFacts,
        RequestPostponed, RequestRedirected, RequestSent, RequestView, RequestViews, State,
    },
};

use crate::world::{
    AGENT, COORDINATOR, OTHER_AGENT, OTHER_UNIT, SCHOOL, SCHOOL_COORDINATOR, UNIT, World, address, agency, destination,
    facts, person, redirected,
};

fn with_reason(code: &str, facts: RequestFacts) -> Option<RequestFacts> {
    let view = Some(RequestView { state: facts.state, reason_code: code.into() });
    let views = Some(RequestViews { placing: view.clone(), receiving: view.clone(), destination: view });
    Some(RequestFacts { reason_code: code.into(), views, ..facts })
}

#[tokio::test]
async fn a_unit_without_user_gets_the_request_with_a_link_by_mail() {
    let world = World::new().await;
    let token = world.mailed_link().await;
    let [mail] = world.sink.mails().try_into().unwrap();
    assert_eq!((mail.from.as_str(), mail.to.as_slice()), ("tandem@tandem.example", &[address("Dan")][..]));
    assert_eq!(mail.subject(), "QC-7F3K-29: a placement request awaits your answer");
    for part in [mail.text(), mail.html()] {
        for said in ["Dan Day", "Cégep de la Rive", "4 Ouest", "Nursing", "January 11, 2027 to April 1, 2027"] {
            assert!(part.contains(said), "{said} in {part}");
        }
        assert!(part.contains(&token) && part.contains("December 23, 2026"), "{part}");
    }
    let message = mail.parsed();
    let header = |name: &str| message.header_raw(name).unwrap_or_default().trim().to_owned();
    assert_eq!(header("Auto-Submitted"), "auto-generated");
    assert_eq!(header("Content-Language"), "en");
    assert!(header("Reply-To").contains("rachel@example.org"));
    assert!(header("Content-Type").starts_with("multipart/alternative"));
    let log = world.log().await;
    assert_eq!(mail.message_id(), format!("{}@tandem.example", log[0].id));
    assert_eq!((log[0].state(), log[0].address.clone()), (DeliveryState::Sent, address("Dan")));
}

#[tokio::test]
async fn everybody_who_had_agreed_is_mailed_what_has_changed() {
    let world = World::new().await;
    let confirmed = facts(State::Confirmed, State::Confirmed, Some(SCHOOL_COORDINATOR));
    let moved_dates = Some(MovedDates {
        previous_start_date: "2027-01-04".into(),
        previous_end_date: "2027-03-26".into(),
        start_date: "2027-01-11".into(),
        end_date: "2027-04-01".into(),
    });
    let moved = RequestFacts { moved_dates, change_reason_code: "C2".into(), ..confirmed.clone() };
    world.deliver(&RequestDatesChanged { request: Some(moved.clone()) }, 2).await;
    let elsewhere = RequestFacts {
        actor_id: COORDINATOR.to_string(),
        destination_id: OTHER_UNIT.to_string(),
        destination_coordinator_id: OTHER_AGENT.to_string(),
        previous_destination_id: UNIT.to_string(),
        previous_destination_coordinator_id: AGENT.to_string(),
        ..confirmed
    };
    world.deliver(&RequestDestinationChanged { request: Some(elsewhere) }, 3).await;
    let pending = RequestFacts {
        state: State::Sent.into(),
        destination_coordinator_id: String::new(),
        previous_destination_coordinator_id: OTHER_AGENT.to_string(),
        ..moved
    };
    world.deliver(&RequestPostponed { request: Some(pending) }, 4).await;
    world.send().await;
    let mut lines: Vec<_> = world.lines().await.into_iter().map(|(template, name, _)| (template, name)).collect();
    lines.sort();
    let told = [
        ("DATES_CHANGED", "Dan Day"),
        ("DATES_CHANGED", "Rachel Roy"),
        ("DESTINATION_CHANGED", "Odile Ouellet"),
        ("DESTINATION_CHANGED", "Paule Proulx"),
        ("REQUEST_SENT", "Rachel Roy"),
        ("WITHDRAWN_FROM_DESTINATION", "Dan Day"),
        ("WITHDRAWN_FROM_DESTINATION", "Odile Ouellet"),
    ];
    assert_eq!(lines, told.map(|(template, name)| (template.to_owned(), name.to_owned())));
    let mails = world.sink.mails();
    let to_dan = mails.iter().find(|mail| mail.to == [address("Dan")]).expect("a mail to the unit");
    for said in ["January 4, 2027 to March 26, 2027", "January 11, 2027 to April 1, 2027", "Placed elsewhere"] {
        assert!(to_dan.text().contains(said), "{said} in {}", to_dan.text());
    }
}

#[tokio::test]
async fn each_event_mails_those_whom_it_concerns_in_their_language() {
    let world = World::new().await;
    let school = Some(SCHOOL_COORDINATOR);
    world.deliver(&RequestSent { request: Some(facts(State::Sent, State::Draft, school)) }, 1).await;
    let by_rachel = |state, before| Some(facts(state, before, Some(COORDINATOR)));
    world.deliver(&RequestRedirected { request: by_rachel(State::Redirected, State::Sent) }, 2).await;
    let by_dan = |state| facts(state, State::Redirected, Some(AGENT));
    let request = Some(by_dan(State::AcceptedByDestination));
    world.deliver(&RequestAcceptedByDestination { request }, 3).await;
    let request = with_reason("D2", by_dan(State::DeclinedByDestination));
    world.deliver(&RequestDeclinedByDestination { request }, 4).await;
    world.deliver(&RequestAccepted { request: by_rachel(State::Accepted, State::DeclinedByDestination) }, 5).await;
    let request = with_reason("D10", facts(State::Declined, State::Accepted, Some(COORDINATOR)));
    world.deliver(&RequestDeclined { request }, 6).await;
    world.deliver(&RequestConfirmed { request: Some(facts(State::Confirmed, State::Accepted, school)) }, 7).await;
    let request = with_reason("C2", facts(State::Cancelled, State::Confirmed, school));
    world.deliver(&RequestCancelled { request }, 8).await;
    world.send().await;

    let mut told: Vec<_> = world.sink.mails().iter().map(|m| (m.to[0].clone(), m.subject())).collect();
    told.sort();
    let mut expected = [
        ("Rachel", "QC-7F3K-29\u{a0}: nouvelle demande de stage"),
        ("Dan", "QC-7F3K-29: a placement request awaits your answer"),
        ("Rachel", "QC-7F3K-29\u{a0}: acceptée par la destination, à ratifier"),
        ("Rachel", "QC-7F3K-29\u{a0}: refusée par la destination, à ratifier"),
        ("Paule", "QC-7F3K-29: placement request accepted, to be confirmed"),
        ("Paule", "QC-7F3K-29: placement request declined"),
        ("Rachel", "QC-7F3K-29\u{a0}: stage confirmé"),
        ("Dan", "QC-7F3K-29: placement confirmed"),
        ("Rachel", "QC-7F3K-29\u{a0}: demande de stage annulée"),
        ("Dan", "QC-7F3K-29: placement request cancelled"),
    ]
    .map(|(name, subject)| (address(name), subject.to_owned()));
    expected.sort();
    assert_eq!(told, expected);
    let text = |subject: &str| world.sink.mails().iter().find(|m| m.subject().ends_with(subject)).unwrap().text();
    assert!(text("placement request declined").contains("Incomplete request"));
    assert!(text("à ratifier").contains("Bonjour Rachel Roy,"));
    assert!(text("demande de stage annulée").contains("Placé ailleurs"));
    assert!(text("demande de stage annulée").contains("Paule Proulx"));
}

#[tokio::test]
async fn each_side_is_mailed_the_reason_that_it_is_told() {
    let world = World::new().await;
    let mut request = with_reason("C2", facts(State::Cancelled, State::Redirected, None)).unwrap();
    let views = request.views.as_mut().unwrap();
    views.placing = Some(RequestView { state: State::Cancelled.into(), reason_code: String::new() });
    world.deliver(&RequestCancelled { request: Some(request) }, 2).await;
    world.send().await;
    let told: Vec<_> = world.sink.mails().iter().map(|m| (m.to[0].clone(), m.text())).collect();
    let text = |name: &str| &told.iter().find(|(to, _)| *to == address(name)).unwrap().1;
    assert!(text("Rachel").contains("Placé ailleurs") && text("Dan").contains("Placed elsewhere"), "{told:?}");
    assert!(!text("Paule").contains("Placed elsewhere"), "{told:?}");
}

#[tokio::test]
async fn a_unit_that_nobody_answers_for_shows_in_the_log() {
    let world = World::new().await;
    world.deliver(&destination(UNIT, "4 Ouest", None), 2).await;
    let nobody = RequestFacts { destination_coordinator_id: String::new(), ..redirected(UNIT, AGENT) };
    world.deliver(&RequestRedirected { request: Some(nobody) }, 3).await;
    world.send().await;
    let [line] = world.log().await.try_into().unwrap();
    assert_eq!((line.state(), line.last_error.as_str(), line.attempts), (DeliveryState::Failed, "NO_ADDRESS", 0));
    assert_eq!((line.person_id.as_str(), world.sink.mails().len()), ("", 0));
    assert_eq!(world.links().await, Vec::<String>::new());
}

#[tokio::test]
async fn an_agent_who_was_named_since_is_found_in_the_directory() {
    let world = World::new().await;
    let nobody = RequestFacts { destination_coordinator_id: String::new(), ..redirected(UNIT, AGENT) };
    world.deliver(&RequestRedirected { request: Some(nobody) }, 3).await;
    world.send().await;
    assert_eq!(world.sink.mails()[0].to, [address("Dan")]);
}

async fn told_to_dan(dan: PersonChanged) -> (DeliveryState, String) {
    let world = World::new().await;
    world.deliver(&dan, 2).await;
    let request = Some(facts(State::Redirected, State::Sent, Some(COORDINATOR)));
    world.deliver(&RequestRedirected { request }, 3).await;
    world.send().await;
    let [line] = world.log().await.try_into().unwrap();
    assert_eq!(world.sink.mails().len(), usize::from(line.state() == DeliveryState::Sent));
    (line.state(), line.last_error)
}

#[tokio::test]
async fn no_mail_goes_where_none_can_or_none_is_wanted() {
    let dan = || person(AGENT, "Dan", "Day", "en");
    let failed = |why: &str| (DeliveryState::Failed, why.to_owned());
    assert_eq!(told_to_dan(PersonChanged { email: String::new(), ..dan() }).await, failed("NO_ADDRESS"));
    assert_eq!(told_to_dan(PersonChanged { active: false, ..dan() }).await, failed("NO_ADDRESS"));
    let active = || PersonChanged { account_state: AccountState::Active.into(), ..dan() };
    assert_eq!(told_to_dan(active()).await, failed("ALERTS_NOT_ACCEPTED"));
    let willing = PersonChanged { alerts_accepted: true, ..active() };
    assert_eq!(told_to_dan(willing).await.0, DeliveryState::Sent);
}

#[tokio::test]
async fn hostile_names_can_do_nothing() {
    let world = World::new().await;
    let name = "<b>Rive</b>\r\nBcc: <all@example.org>".to_owned();
    world.deliver(&agency(SCHOOL, AgencyKind::Placing, &name), 2).await;
    world.deliver(&person(AGENT, "Dan\r\nX-Evil: 1", "Day\r\n.\r\nQUIT", "en"), 2).await;
    let dan = PersonChanged { email: address("Dan"), ..person(AGENT, "Dan\r\nX-Evil: 1", "D\r\n.\r\nQUIT", "en") };
    world.deliver(&dan, 3).await;
    let request = Some(facts(State::Redirected, State::Sent, Some(COORDINATOR)));
    world.deliver(&RequestRedirected { request }, 3).await;
    world.send().await;
    let [mail] = world.sink.mails().try_into().unwrap();
    assert_eq!(mail.to, [address("Dan")]);
    let message = mail.parsed();
    assert!(message.header_raw("Bcc").is_none() && message.header_raw("X-Evil").is_none());
    assert!(!mail.html().contains("<b>") && mail.html().contains("Rive"));
    assert!(mail.text().contains("<b>Rive</b> Bcc: <all@example.org>"));
}

#[tokio::test]
async fn names_that_have_not_arrived_are_waited_for() {
    let world = World::empty().await;
    world.deliver(&RequestRedirected { request: Some(redirected(UNIT, AGENT)) }, 3).await;
    world.send().await;
    let [waiting] = world.log().await.try_into().unwrap();
    assert_eq!((waiting.state(), waiting.last_error.as_str()), (DeliveryState::Pending, "NAMES_NOT_YET_KNOWN"));
    world.fill().await;
    world.running.clock.advance(jiff::SignedDuration::from_secs(30));
    world.send().await;
    assert_eq!(world.log().await[0].state(), DeliveryState::Sent);
}

#[tokio::test]
async fn a_quick_entry_for_a_school_without_coordinator_mails_nobody_there() {
    let world = World::new().await;
    let base = facts(State::Accepted, State::Sent, Some(COORDINATOR));
    let request = Some(RequestFacts { placing_coordinator_id: String::new(), ..base });
    world.deliver(&RequestAccepted { request }, 2).await;
    assert_eq!(world.log().await.len(), 0);
}
