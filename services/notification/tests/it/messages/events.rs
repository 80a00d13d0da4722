//! Events that come twice, late, in any order, or broken.

use eventing::HandlerError;
use proto::{
    Event,
    identity::v1::PersonChanged,
    notification::v1::DeliveryState,
    placement::v1::{
        RequestAccepted, RequestAcceptedByDestination, RequestCancelled, RequestConfirmed, RequestDatesChanged,
        RequestDeclined, RequestDeclinedByDestination, RequestDestinationChanged, RequestFacts, RequestPostponed,
        RequestReactivated, RequestRedirected, RequestSent, State,
    },
};
use uuid::Uuid;

use crate::world::{
    AGENT, COORDINATOR, OTHER_AGENT, OTHER_UNIT, REQUEST, SCHOOL_COORDINATOR, UNIT, World, destination, facts, person,
    redirected, site,
};

/// Hands one and the same event over so many times, as a broker may.
async fn deliver_times<E: Event>(world: &World, event: &E, version: i64, times: usize) {
    let arriving = world.running.arriving(event, REQUEST, version);
    for _ in 0..times {
        world.running.deliver_all(std::slice::from_ref(&arriving)).await.expect("taken");
    }
}

/// One life of a request, an event of each type, in the order in which they happened.
macro_rules! life {
    ($world:expr, $order:expr, $times:expr) => {{
        let (school, dan) = (Some(SCHOOL_COORDINATOR), Some(AGENT));
        let rachel = Some(COORDINATOR);
        let elsewhere = || RequestFacts { actor_id: COORDINATOR.to_string(), ..redirected(OTHER_UNIT, OTHER_AGENT) };
        let at_other = |f: RequestFacts| RequestFacts { destination_id: OTHER_UNIT.to_string(), ..f };
        for step in $order {
            let (w, t) = (&$world, $times);
            let of = |state, before, actor| Some(facts(state, before, actor));
            match step {
                1 => deliver_times(w, &RequestSent { request: of(State::Sent, State::Draft, school) }, 1, t).await,
                2 => deliver_times(w, &RequestRedirected { request: Some(redirected(UNIT, AGENT)) }, 2, t).await,
                3 => {
                    let before = State::RedirectedOffline.into();
                    let request = Some(RequestFacts { previous_state: before, ..redirected(UNIT, AGENT) });
                    deliver_times(w, &RequestDatesChanged { request }, 3, t).await;
                }
                4 => deliver_times(w, &RequestDestinationChanged { request: Some(elsewhere()) }, 4, t).await,
                5 => {
                    let request = of(State::DeclinedByDestination, State::RedirectedOffline, dan).map(at_other);
                    deliver_times(w, &RequestDeclinedByDestination { request }, 5, t).await;
                }
                6 => {
                    let request = of(State::AcceptedByDestination, State::DeclinedByDestination, dan);
                    deliver_times(w, &RequestAcceptedByDestination { request }, 6, t).await;
                }
                7 => {
                    let request = of(State::Declined, State::AcceptedByDestination, rachel);
                    deliver_times(w, &RequestDeclined { request }, 7, t).await;
                }
                8 => {
                    deliver_times(w, &RequestAccepted { request: of(State::Accepted, State::Declined, rachel) }, 8, t)
                        .await
                }
                9 => {
                    deliver_times(w, &RequestConfirmed { request: of(State::Confirmed, State::Accepted, school) }, 9, t)
                        .await
                }
                10 => {
                    deliver_times(w, &RequestPostponed { request: of(State::Sent, State::Confirmed, school) }, 10, t)
                        .await
                }
                11 => {
                    let request = of(State::Cancelled, State::Redirected, school);
                    deliver_times(w, &RequestCancelled { request }, 11, t).await;
                }
                _ => {
                    deliver_times(w, &RequestReactivated { request: of(State::Sent, State::Cancelled, school) }, 12, t)
                        .await
                }
            }
        }
    }};
}

async fn lines_after(order: Vec<i32>, times: usize) -> Vec<(String, String)> {
    let world = World::new().await;
    life!(world, order, times);
    let mut lines: Vec<_> = world.lines().await.into_iter().map(|(template, name, _)| (template, name)).collect();
    lines.sort();
    lines
}

#[tokio::test]
async fn an_event_that_comes_twice_adds_nothing() {
    let once = lines_after((1..=12).collect(), 1).await;
    assert_eq!(once.len(), 13, "{once:?}");
    assert_eq!(lines_after((1..=12).collect(), 3).await, once);
}

#[tokio::test]
async fn in_whatever_order_events_come_all_is_told_and_no_link_outlives_its_request() {
    let links = |line: &(String, String)| line.0 == "REDIRECTED_LINK";
    let in_order = lines_after((1..=12).collect(), 1).await;
    let without_links: Vec<_> = in_order.into_iter().filter(|l| !links(l)).collect();
    let scrambled: [Vec<i32>; 3] = [
        (1..=12).rev().collect(),
        vec![6, 1, 12, 3, 9, 2, 11, 4, 10, 5, 8, 7],
        vec![4, 2, 3, 1, 8, 7, 6, 5, 12, 11, 10, 9],
    ];
    for order in scrambled {
        let world = World::new().await;
        life!(world, order.clone(), 2);
        let mut lines: Vec<_> = world.lines().await.into_iter().map(|(template, name, _)| (template, name)).collect();
        lines.sort();
        lines.retain(|l| !links(l));
        assert_eq!(lines, without_links, "{order:?}");
        assert!(world.links().await.iter().all(|state| state == "CLOSED"), "{order:?}");
        let newest: i64 = sqlx::query_scalar("SELECT version FROM request").fetch_one(&world.running.db).await.unwrap();
        assert_eq!(newest, 12, "{order:?}");
    }
}

#[tokio::test]
async fn a_late_redirection_of_a_request_that_has_moved_on_sends_no_link() {
    let world = World::new().await;
    let request = Some(facts(State::Cancelled, State::RedirectedOffline, Some(SCHOOL_COORDINATOR)));
    world.deliver(&RequestCancelled { request }, 4).await;
    world.deliver(&RequestRedirected { request: Some(redirected(UNIT, AGENT)) }, 3).await;
    assert_eq!(world.links().await, Vec::<String>::new());
    assert!(world.lines().await.iter().all(|(template, ..)| template == "REQUEST_CANCELLED"));
}

#[tokio::test]
async fn a_late_redirection_that_still_holds_sends_its_link_with_the_newest_dates() {
    let world = World::new().await;
    let moved = RequestFacts { end_date: "2027-05-31".into(), ..redirected(UNIT, AGENT) };
    world.deliver(&RequestDatesChanged { request: Some(moved) }, 4).await;
    world.mailed_link().await;
    assert_eq!(world.links().await, ["OPEN"]);
    assert!(world.sink.mails()[0].text().contains("May 31, 2027"));
}

#[tokio::test]
async fn an_older_redirection_does_not_replace_the_link_of_a_newer_one() {
    let world = World::new().await;
    world.deliver(&RequestRedirected { request: Some(redirected(UNIT, AGENT)) }, 7).await;
    world.deliver(&RequestRedirected { request: Some(redirected(UNIT, AGENT)) }, 3).await;
    assert_eq!(world.links().await, ["OPEN"]);
    assert_eq!(world.lines().await.len(), 1);
}

#[tokio::test]
async fn a_mail_that_waited_while_the_request_moved_on_is_not_sent() {
    let world = World::new().await;
    world.deliver(&RequestRedirected { request: Some(redirected(UNIT, AGENT)) }, 3).await;
    let request = Some(facts(State::Cancelled, State::RedirectedOffline, Some(AGENT)));
    world.deliver(&RequestCancelled { request }, 4).await;
    world.send().await;
    let link = world.log().await.into_iter().find(|d| d.template == "REDIRECTED_LINK").unwrap();
    assert_eq!((link.state(), link.last_error.as_str()), (DeliveryState::Failed, "LINK_ENDED"));
    assert!(world.sink.mails().iter().all(|m| !m.text().contains("/a/")));
}

#[tokio::test]
async fn an_older_version_of_a_copy_changes_nothing() {
    let world = World::new().await;
    let named = |first_name: &str| PersonChanged { ..person(AGENT, first_name, "Day", "en") };
    world.deliver(&named("New"), 9).await;
    world.deliver(&named("Old"), 8).await;
    world.deliver(&destination(UNIT, "Nouveau", Some(AGENT)), 9).await;
    world.deliver(&destination(UNIT, "Ancien", None), 8).await;
    for (version, name) in [(9, "Neuf"), (8, "Vieux")] {
        world.deliver(&site(name), version).await;
    }
    world.mailed_link().await;
    let text = world.sink.mails()[0].text();
    assert!(text.contains("New Day") && text.contains("Nouveau") && text.contains("Neuf"), "{text}");
}

#[tokio::test]
async fn a_broken_event_is_set_aside() {
    let world = World::new().await;
    let nothing = world.running.deliver(&RequestSent { request: None }, REQUEST, 1).await;
    assert!(matches!(nothing, Err(HandlerError::Reject(_))));
    let request = Some(RequestFacts { site_id: "here".into(), ..redirected(UNIT, AGENT) });
    let malformed = world.running.deliver(&RequestRedirected { request }, REQUEST, 2).await;
    assert!(matches!(malformed, Err(HandlerError::Reject(_))));
    let nobody = PersonChanged { person_id: String::new(), ..PersonChanged::default() };
    assert!(matches!(world.running.deliver(&nobody, Uuid::nil(), 1).await, Err(HandlerError::Reject(_))));
}
