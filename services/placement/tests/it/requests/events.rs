//! One event per transition, with the request after it, under the version of the row.

use proto::{
    Event,
    placement::v1::{
        ChangeDatesRequest, MovedDates, RedirectRequestRequest, RequestAccepted, RequestAcceptedByDestination,
        RequestCancelled, RequestCommented, RequestConfirmed, RequestDatesChanged, RequestDeclined,
        RequestDeclinedByDestination, RequestDeleted, RequestDestinationChanged, RequestDrafted, RequestFacts,
        RequestPostponed, RequestReactivated, RequestRedirected, RequestSent, RequestUpdated, State,
    },
};
use testkit::service::User;

use crate::{
    calls::Call,
    world::{AGENT, COORDINATOR, MAIL_UNIT, RECEIVER, UNIT, World, agent, faults, receiver, school},
};

async fn last<E: Event>(world: &World, facts: impl Fn(E) -> Option<RequestFacts>) -> RequestFacts {
    let event = world.running.published::<E>().await.pop().expect("the event was published");
    facts(event).expect("every event carries the facts")
}

macro_rules! last {
    ($world:expr, $event:ident) => {
        last::<$event>($world, |event| event.request).await
    };
}

#[tokio::test]
async fn each_transition_is_told_with_the_states_before_and_after() {
    let world = World::new().await;
    let (pc, rc, dc) = (school(), receiver(), agent());
    let id = world.draft().await.id;
    let states = |facts: &RequestFacts| (facts.previous_state(), facts.state());
    let step = async |user: &User, call: Call| {
        world.call(user, call, &id).await.expect("a step of the way");
    };
    assert_eq!(states(&last!(&world, RequestDrafted)), (State::Unspecified, State::Draft));
    step(&pc, Call::Update).await;
    assert_eq!(states(&last!(&world, RequestUpdated)), (State::Draft, State::Draft));
    step(&pc, Call::Send).await;
    let sent = last!(&world, RequestSent);
    assert_eq!(states(&sent), (State::Draft, State::Sent));
    assert_eq!(sent.placing_coordinator_id, COORDINATOR.to_string());
    assert_eq!(sent.receiving_coordinator_id, RECEIVER.to_string());
    assert_eq!((sent.destination_id.as_str(), sent.destination_coordinator_id.as_str()), (&*UNIT.to_string(), ""));
    step(&pc, Call::ChangeDates).await;
    let moved = last!(&world, RequestDatesChanged);
    assert_eq!((moved.start_date.as_str(), states(&moved)), ("2027-01-18", (State::Sent, State::Sent)));
    step(&rc, Call::Redirect).await;
    let redirected = last!(&world, RequestRedirected);
    assert_eq!(states(&redirected), (State::Sent, State::Redirected));
    assert_eq!(redirected.destination_coordinator_id, AGENT.to_string());
    step(&dc, Call::DeclineAtDestination).await;
    let declined = last!(&world, RequestDeclinedByDestination);
    assert_eq!((states(&declined).1, declined.reason_code.as_str()), (State::DeclinedByDestination, "D1"));
    assert_eq!(declined.actor_id, AGENT.to_string());
    step(&dc, Call::AcceptAtDestination).await;
    assert_eq!(last!(&world, RequestAcceptedByDestination).reason_code, "");
    step(&rc, Call::AcceptForAgency).await;
    assert_eq!(states(&last!(&world, RequestAccepted)), (State::AcceptedByDestination, State::Accepted));
    step(&pc, Call::Confirm).await;
    assert_eq!(states(&last!(&world, RequestConfirmed)), (State::Accepted, State::Confirmed));
    step(&rc, Call::ChangeDestination).await;
    assert_eq!(states(&last!(&world, RequestDestinationChanged)), (State::Confirmed, State::Confirmed));
    step(&rc, Call::Comment).await;
    let commented = last!(&world, RequestCommented);
    assert_eq!((states(&commented), commented.actor_id), ((State::Confirmed, State::Confirmed), RECEIVER.to_string()));
    step(&pc, Call::Postpone).await;
    assert_eq!(states(&last!(&world, RequestPostponed)), (State::Confirmed, State::Sent));
    step(&pc, Call::Cancel).await;
    assert_eq!(last!(&world, RequestCancelled).reason_code, "C1");
    step(&rc, Call::Reactivate).await;
    assert_eq!(states(&last!(&world, RequestReactivated)), (State::Cancelled, State::Sent));
    step(&rc, Call::DeclineForAgency).await;
    assert_eq!(states(&last!(&world, RequestDeclined)), (State::Sent, State::Declined));

    let versions: Vec<i64> =
        sqlx::query_scalar("select aggregate_version from outbox where aggregate_id = $1 order by position")
            .bind(&id)
            .fetch_all(&world.running.db)
            .await
            .expect("the outbox");
    assert_eq!(versions, (1..=15).collect::<Vec<i64>>());
    let kept: i64 = sqlx::query_scalar("select count(*) from placement_history where request_id = $1::uuid")
        .bind(&id)
        .fetch_one(&world.running.db)
        .await
        .expect("the history");
    assert_eq!(kept, 15);
}

/// What an event tells the school, the coordinator and the unit.
fn views(facts: &RequestFacts) -> [Option<(State, &str)>; 3] {
    let views = facts.views.as_ref().expect("every event tells what each side may see");
    [&views.placing, &views.receiving, &views.destination]
        .map(|view| view.as_ref().map(|view| (view.state(), view.reason_code.as_str())))
}

#[tokio::test]
async fn other_dates_for_what_was_agreed_tell_which_and_who_had_agreed() {
    let world = World::new().await;
    let confirmed = world.request_in(State::Confirmed).await;
    let again = world.call(&school(), Call::ChangeDates, &confirmed.id).await.expect("no. 21");
    assert_eq!((again.state(), again.start_date.as_str()), (State::Sent, "2027-01-18"));
    let moved = last!(&world, RequestDatesChanged);
    assert_eq!((moved.previous_state(), moved.state()), (State::Confirmed, State::Sent));
    assert_eq!(moved.previous_destination_id, UNIT.to_string());
    assert_eq!(moved.previous_destination_coordinator_id, AGENT.to_string());
    let dates = MovedDates {
        previous_start_date: "2027-01-11".into(),
        previous_end_date: "2027-04-02".into(),
        start_date: "2027-01-18".into(),
        end_date: "2027-04-09".into(),
    };
    assert_eq!(moved.moved_dates.as_ref(), Some(&dates));
    let history = world.history(&school(), &confirmed.id).await;
    let entry = history.last().expect("the change");
    assert_eq!((entry.action.as_str(), entry.moved_dates.as_ref()), ("DATES_CHANGED", Some(&dates)));
    assert_eq!((entry.from(), entry.to()), (State::Confirmed, State::Sent));
}

#[tokio::test]
async fn an_agreed_placement_that_ends_early_keeps_its_state_for_a_reason() {
    let world = World::new().await;
    let confirmed = world.request_in(State::Confirmed).await;
    let shorten = |reason: &str| ChangeDatesRequest {
        id: confirmed.id.clone(),
        start_date: "2027-01-11".into(),
        end_date: "2027-02-05".into(),
        reason_code: reason.into(),
        comment: "Retrait".into(),
        hours_per_student: Some(60),
        ..Default::default()
    };
    let mut client = world.client(&school());
    let refused = client.change_dates(shorten("")).await.expect_err("why?");
    assert_eq!(faults(&refused), "reason_code=REASON_TO_SHORTEN_REQUIRED");
    let refused = client.change_dates(shorten("D1")).await.expect_err("a reason to decline");
    assert_eq!(faults(&refused), "reason_code=REASON_DOES_NOT_FIT");
    let shorter = client.change_dates(shorten("C1")).await.expect("no. 21").into_inner().request.expect("a request");
    assert_eq!((shorter.state(), shorter.end_date.as_str()), (State::Confirmed, "2027-02-05"));
    assert_eq!((shorter.hours_per_student, shorter.tags.as_slice()), (60, ["PARTCANC".to_owned()].as_slice()));
    let moved = last!(&world, RequestDatesChanged);
    assert_eq!((moved.change_reason_code.as_str(), moved.previous_destination_id.as_str()), ("C1", ""));
    let history = world.history(&receiver(), &confirmed.id).await;
    let entry = history.last().expect("the change");
    assert_eq!((entry.reason_code.as_str(), entry.comment.as_str()), ("C1", "Retrait"));
}

#[tokio::test]
async fn a_deletion_is_told_and_leaves_nothing_to_see() {
    let world = World::new().await;
    let draft = world.draft().await;
    world.call(&school(), Call::Delete, &draft.id).await.expect("no. 18");
    let deleted = last!(&world, RequestDeleted);
    assert_eq!(deleted.state(), State::Deleted);
    assert_eq!(views(&deleted), [None, None, None]);
}

#[tokio::test]
async fn each_event_tells_each_side_what_it_may_see() {
    let world = World::new().await;
    let id = world.draft().await.id;
    let is = |state: State, reason: &'static str| Some((state, reason));
    assert_eq!(views(&last!(&world, RequestDrafted)), [is(State::Draft, ""), None, None]);
    world.call(&school(), Call::Send, &id).await.expect("no. 2");
    assert_eq!(views(&last!(&world, RequestSent)), [is(State::Sent, ""), is(State::Sent, ""), None]);
    world.call(&receiver(), Call::Redirect, &id).await.expect("no. 5");
    assert_eq!(views(&last!(&world, RequestRedirected)), [is(State::Redirected, ""); 3]);
    world.call(&agent(), Call::DeclineAtDestination, &id).await.expect("no. 8");
    let declined = is(State::DeclinedByDestination, "D1");
    assert_eq!(views(&last!(&world, RequestDeclinedByDestination)), [is(State::Redirected, ""), declined, declined]);
    world.call(&receiver(), Call::DeclineForAgency, &id).await.expect("no. 10");
    assert_eq!(views(&last!(&world, RequestDeclined)), [is(State::Declined, "D1"); 3]);
}

#[tokio::test]
async fn a_school_is_told_how_its_unit_was_asked_while_the_answer_is_hidden() {
    let world = World::new().await;
    let id = world.request_in(State::Sent).await.id;
    let message =
        RedirectRequestRequest { id: id.clone(), destination_id: MAIL_UNIT.to_string(), ..Default::default() };
    world.client(&receiver()).redirect_request(message).await.expect("no. 6");
    world.call(&receiver(), Call::AcceptAtDestination, &id).await.expect("no. 9");
    let told = last!(&world, RequestAcceptedByDestination);
    assert_eq!(views(&told)[0], Some((State::RedirectedOffline, "")));
}

#[tokio::test]
async fn a_refused_call_tells_nothing() {
    let world = World::new().await;
    let draft = world.draft().await;
    world.call(&school(), Call::Confirm, &draft.id).await.expect_err("a draft");
    assert!(world.running.published::<RequestConfirmed>().await.is_empty());
}

#[tokio::test]
async fn the_history_is_written_once() {
    let world = World::new().await;
    world.draft().await;
    for statement in ["update placement_history set comment = 'x'", "delete from placement_history"] {
        let refused = sqlx::query(statement).execute(&world.running.db).await.expect_err("append-only");
        assert!(refused.to_string().contains("append-only"), "{refused}");
    }
}
