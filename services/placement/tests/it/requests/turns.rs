//! Whose turn it is, and by when: as each side may see it.

use jiff::SignedDuration;
use placement::Config;
use proto::placement::v1::{PlacementRequest, State, WaitingFor};

use crate::{
    calls::Call,
    world::{NON_USER_COURSE, NON_USER_PROGRAM, NON_USER_SCHOOL, World, agent, receiver, request, school},
};

fn days(count: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * count)
}

fn turn(request: &PlacementRequest) -> (WaitingFor, &str, bool) {
    (request.waiting_for(), &request.due_date, request.overdue)
}

#[tokio::test]
async fn each_step_is_due_so_many_days_after_the_one_before() {
    let world = World::new().await;
    let (pc, rc, dc) = (school(), receiver(), agent());
    let draft = world.draft().await;
    assert_eq!(turn(&draft), (WaitingFor::PlacingAgency, "", false));
    let sent = world.call(&pc, Call::Send, &draft.id).await.expect("no. 2");
    assert_eq!(turn(&sent), (WaitingFor::ReceivingAgency, "2026-12-07", false));
    world.running.clock.advance(days(2));
    let redirected = world.call(&rc, Call::Redirect, &draft.id).await.expect("no. 5");
    assert_eq!(turn(&redirected), (WaitingFor::Destination, "2026-12-09", false));
    world.running.clock.advance(days(1));
    let answered = world.call(&dc, Call::AcceptAtDestination, &draft.id).await.expect("no. 8");
    assert_eq!(turn(&answered), (WaitingFor::ReceivingAgency, "2026-12-03", false));
    let accepted = world.call(&rc, Call::AcceptForAgency, &draft.id).await.expect("no. 10");
    assert_eq!(turn(&accepted), (WaitingFor::PlacingAgency, "2026-12-10", false));
    let confirmed = world.call(&pc, Call::Confirm, &draft.id).await.expect("no. 15");
    assert_eq!(turn(&confirmed), (WaitingFor::Nobody, "", false));
}

#[tokio::test]
async fn a_step_is_late_on_the_day_after_its_due_date_and_never_due_after_the_start() {
    let world = World::new().await;
    let soon = PlacementRequest { start_date: "2026-12-01".into(), ..request() };
    let draft = world.create(&school(), soon).await.expect("a draft");
    let sent = world.call(&school(), Call::Send, &draft.id).await.expect("no. 2");
    assert_eq!(turn(&sent), (WaitingFor::ReceivingAgency, "2026-12-01", false));
    world.running.clock.advance(days(8));
    assert!(!world.call(&school(), Call::Get, &draft.id).await.expect("theirs").overdue, "the day itself is in time");
    world.running.clock.advance(days(1));
    for user in [school(), receiver()] {
        assert!(world.call(&user, Call::Get, &draft.id).await.expect("theirs").overdue);
    }
}

#[tokio::test]
async fn a_school_cannot_tell_a_destinations_answer_from_a_date_or_a_mark() {
    let world = World::new().await;
    let (pc, rc, dc) = (school(), receiver(), agent());
    let waiting = world.request_in(State::Redirected).await.id;
    let answered = world.request_in(State::Redirected).await.id;
    for id in [&waiting, &answered] {
        world.call(&pc, Call::Seen, id).await.expect("the school opens both");
    }
    world.running.clock.advance(days(3));
    world.call(&dc, Call::DeclineAtDestination, &answered).await.expect("no. 8");
    let same = async || {
        let (one, two) = (world.call(&pc, Call::Get, &waiting).await, world.call(&pc, Call::Get, &answered).await);
        let (one, two) = (one.expect("theirs"), two.expect("theirs"));
        assert_eq!(turn(&one), turn(&two));
        assert_eq!((one.state(), one.changed_by_others), (two.state(), two.changed_by_others));
        one
    };
    assert_eq!(turn(&same().await), (WaitingFor::Destination, "2026-12-07", false));
    assert!(!same().await.changed_by_others);
    let internal = world.call(&rc, Call::Get, &answered).await.expect("the coordinator's");
    assert_eq!(turn(&internal), (WaitingFor::ReceivingAgency, "2026-12-03", false));
    for id in [&waiting, &answered] {
        world.call(&rc, Call::ChangeDestination, id).await.expect("no. 22");
    }
    assert_eq!(turn(&same().await), (WaitingFor::Destination, "2026-12-10", false));
    assert!(same().await.changed_by_others, "another unit is theirs to know");
    world.running.clock.advance(days(15));
    assert!(same().await.overdue);
}

#[tokio::test]
async fn a_quick_entry_is_confirmed_by_its_coordinator() {
    let world = World::new().await;
    let ask = PlacementRequest {
        placing_agency_id: NON_USER_SCHOOL.to_string(),
        program_id: NON_USER_PROGRAM.to_string(),
        course_id: NON_USER_COURSE.to_string(),
        ..request()
    };
    let entered = world.create(&receiver(), ask).await.expect("a quick entry");
    let accepted = world.call(&receiver(), Call::AcceptForAgency, &entered.id).await.expect("no. 11");
    assert_eq!(turn(&accepted), (WaitingFor::ReceivingAgency, "2026-12-07", false));
}

#[tokio::test]
async fn deadlines_are_the_provinces_own() {
    let world = World::with(Config { coordinator_days: 3, ..Config::default() }).await;
    let sent = world.request_in(State::Sent).await;
    assert_eq!(sent.due_date, "2026-11-26");
}
