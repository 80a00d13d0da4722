//! Places that take no students for a while (domain §5.6): what is not sent there, and how the weeks look.

use kernel::Locale;
use proto::{
    configuration::v1::{Closure, ClosureChanged},
    placement::v1::{GetOccupancyRequest, PlacementRequest, State, Weekday},
};
use uuid::Uuid;

use crate::{
    calls::Call,
    world::{
        AUTOMATIC_SERVICE, HOSPITAL, NEXT_UNIT, NON_USER_COURSE, NON_USER_PROGRAM, NON_USER_SCHOOL, OTHER_HOSPITAL,
        OTHER_SITE, SECOND_SITE, SITE, UNIT, World, agent, reason, receiver, request, school,
    },
};

/// Two weeks of the ten that the school asks for.
fn at(place: Closure) -> Closure {
    Closure {
        id: Uuid::from_u128(0xcc01).to_string(),
        start_date: "2027-02-01".into(),
        end_date: "2027-02-14".into(),
        active: true,
        ..place
    }
}

pub fn unit(id: Uuid) -> Closure {
    at(Closure { destination_id: id.to_string(), ..Closure::default() })
}

pub fn site(id: Uuid) -> Closure {
    at(Closure { site_id: id.to_string(), ..Closure::default() })
}

pub fn agency(id: Uuid) -> Closure {
    at(Closure { agency_id: id.to_string(), ..Closure::default() })
}

impl World {
    pub async fn closure(&self, version: i64, closure: Closure) {
        let id = closure.id.clone();
        let event = ClosureChanged { closure: Some(closure) };
        self.running.deliver(&event, id, version).await.expect("a good closure");
    }

    /// Which of the four weeks from 25 January 2027 are closed at a unit.
    async fn closed_weeks(&self, unit: Uuid) -> [bool; 4] {
        let message = GetOccupancyRequest {
            destination_id: unit.to_string(),
            from_date: "2027-01-25".into(),
            weeks: 4,
            ..Default::default()
        };
        let answer = self.client(&school()).get_occupancy(message).await.expect("counts for everyone").into_inner();
        let closed: Vec<_> = answer.destinations[0].cells.iter().map(|cell| cell.closed).collect();
        closed.try_into().expect("four weeks")
    }
}

#[tokio::test]
async fn nothing_is_sent_to_a_closed_unit_site_or_agency() {
    let world = World::new().await;
    let draft = world.draft().await;
    for (version, closure) in (1..).zip([unit(UNIT), site(SITE), agency(HOSPITAL)]) {
        world.closure(version, closure).await;
        let refused = world.call(&school(), Call::Send, &draft.id).await.expect_err("it is closed");
        assert_eq!((refused.code(), reason(&refused).as_str()), (tonic::Code::FailedPrecondition, "PLACE_CLOSED"));
        assert!(refused.message().contains("du 1er février 2027 au 14 février 2027"), "{}", refused.message());
        let english = world.call(&school().reading(Locale::En), Call::Send, &draft.id).await.expect_err("closed");
        assert!(english.message().contains("from February 1, 2027 to February 14, 2027"), "{}", english.message());
    }
    assert_eq!(world.call(&school(), Call::Get, &draft.id).await.expect("it is there").state(), State::Draft);
    for (version, elsewhere) in (4..).zip([unit(NEXT_UNIT), site(SECOND_SITE), agency(OTHER_HOSPITAL)]) {
        world.closure(version, elsewhere).await;
        let draft = world.draft().await;
        world.call(&school(), Call::Send, &draft.id).await.expect("no. 2");
    }
}

#[tokio::test]
async fn a_closure_counts_for_the_days_that_it_touches_until_it_is_withdrawn() {
    let world = World::new().await;
    let days = |start: &str, end: &str| Closure { start_date: start.into(), end_date: end.into(), ..unit(UNIT) };
    // The school asks for Mondays and Tuesdays from 11 January to 2 April.
    for (version, closure, is_open) in [
        (1, days("2026-12-01", "2027-01-10"), true),
        (2, days("2026-12-01", "2027-01-11"), false),
        (3, days("2027-03-31", "2027-05-01"), true),
        (4, days("2027-03-30", "2027-05-01"), false),
        (5, Closure { active: false, ..days("2027-03-30", "2027-05-01") }, true),
    ] {
        world.closure(version, closure).await;
        let draft = world.draft().await;
        assert_eq!(world.call(&school(), Call::Send, &draft.id).await.is_ok(), is_open, "version {version}");
    }
    // What was told before it was withdrawn, and arrives later, changes nothing.
    world.closure(4, days("2027-03-30", "2027-05-01")).await;
    let draft = world.draft().await;
    world.call(&school(), Call::Send, &draft.id).await.expect("it is still withdrawn");
}

#[tokio::test]
async fn what_is_there_already_may_be_answered_but_goes_to_no_closed_unit() {
    let world = World::new().await;
    let sent = world.request_in(State::Sent).await;
    let redirected = world.request_in(State::Redirected).await;
    world.closure(1, unit(UNIT)).await;
    let refused = world.call(&receiver(), Call::Redirect, &sent.id).await.expect_err("the unit is closed");
    assert_eq!(reason(&refused), "PLACE_CLOSED");
    world.call(&agent(), Call::AcceptAtDestination, &redirected.id).await.expect("it had been sent before");
    world.call(&receiver(), Call::AcceptForAgency, &sent.id).await.expect("the coordinator knows of the closure");

    world.closure(2, unit(NEXT_UNIT)).await;
    let refused = world.call(&receiver(), Call::ChangeDestination, &redirected.id).await.expect_err("closed");
    assert_eq!(reason(&refused), "PLACE_CLOSED");
    world.closure(3, Closure { active: false, ..unit(NEXT_UNIT) }).await;
    world.call(&receiver(), Call::ChangeDestination, &redirected.id).await.expect("no. 22");
}

#[tokio::test]
async fn no_request_is_postponed_to_days_on_which_its_place_is_closed() {
    let world = World::new().await;
    // The call postpones to 1 February until 23 April.
    let spring = |place: Closure| Closure { start_date: "2027-04-20".into(), end_date: "2027-05-02".into(), ..place };
    let accepted = world.request_in(State::Accepted).await;
    for (version, closure) in (1..).zip([unit(UNIT), site(SITE), agency(HOSPITAL)]) {
        world.closure(version, spring(closure)).await;
        let refused = world.call(&school(), Call::Postpone, &accepted.id).await.expect_err("it is closed then");
        assert_eq!((refused.code(), reason(&refused).as_str()), (tonic::Code::FailedPrecondition, "PLACE_CLOSED"));
        assert!(refused.message().contains("du 20 avril 2027 au 2 mai 2027"), "{}", refused.message());
    }
    assert_eq!(world.call(&school(), Call::Get, &accepted.id).await.expect("untouched").etag, accepted.etag);
    // What a closure took from the days that were asked for is what one postpones for.
    let january = Closure { start_date: "2027-01-11".into(), end_date: "2027-01-31".into(), ..unit(UNIT) };
    world.closure(4, january).await;
    world.call(&school(), Call::Postpone, &accepted.id).await.expect("no. 20");
}

#[tokio::test]
async fn no_request_is_brought_back_to_a_closed_place() {
    let world = World::new().await;
    let cancelled = world.request_in(State::Cancelled).await;
    for (user, version) in [(school(), 1), (receiver(), 3)] {
        world.closure(version, unit(UNIT)).await;
        let refused = world.call(&user, Call::Reactivate, &cancelled.id).await.expect_err("it is closed");
        assert_eq!(reason(&refused), "PLACE_CLOSED", "{:?}", user.role);
        world.closure(version + 1, Closure { active: false, ..unit(UNIT) }).await;
    }
    world.call(&school(), Call::Reactivate, &cancelled.id).await.expect("no. 23");
}

#[tokio::test]
async fn a_change_of_dates_adds_no_day_that_is_closed_and_may_leave_some_out() {
    let world = World::new().await;
    let days = |start: &str, end: &str| Closure { start_date: start.into(), end_date: end.into(), ..unit(UNIT) };
    // The school asks for Mondays and Tuesdays from 11 January to 2 April; the call moves that to 18 January until 9 April.
    let cases = [
        (days("2027-04-05", "2027-04-05"), false),
        (days("2027-04-06", "2027-05-01"), false),
        (days("2027-04-07", "2027-05-01"), true),
        (days("2027-02-01", "2027-02-14"), true),
        (days("2027-01-11", "2027-01-17"), true),
        // One that reaches from the days that were there into those that are added.
        (days("2027-03-30", "2027-04-05"), false),
    ];
    let states = [State::Sent, State::Redirected, State::Confirmed];
    let tries = cases.into_iter().flat_map(|(closure, open)| states.map(|state| (closure.clone(), open, state)));
    for (version, (closure, is_open, state)) in (1..).step_by(2).zip(tries) {
        let requests = [world.request_in(state).await.id, world.request_in(state).await.id];
        world.closure(version, closure.clone()).await;
        for (user, id) in [school(), receiver()].into_iter().zip(requests) {
            let outcome = world.call(&user, Call::ChangeDates, &id).await;
            let told = outcome.as_ref().map_or_else(reason, |_| String::new());
            let expected = if is_open { "" } else { "PLACE_CLOSED" };
            assert_eq!(told, expected, "{closure:?} in {state:?}");
        }
        world.closure(version + 1, Closure { active: false, ..closure }).await;
    }
}

#[tokio::test]
async fn a_quick_entry_does_not_go_to_a_closed_site_and_leaves_nothing_behind() {
    let world = World::new().await;
    world.closure(1, site(SITE)).await;
    let quick = PlacementRequest {
        placing_agency_id: NON_USER_SCHOOL.to_string(),
        program_id: NON_USER_PROGRAM.to_string(),
        course_id: NON_USER_COURSE.to_string(),
        ..request()
    };
    assert_eq!(reason(&world.create(&receiver(), quick).await.expect_err("it is closed")), "PLACE_CLOSED");
    let rows: i64 = sqlx::query_scalar("SELECT count(*) FROM placement_request")
        .fetch_one(&world.running.db)
        .await
        .expect("a count");
    assert_eq!(rows, 0);
}

#[tokio::test]
async fn what_the_clock_releases_to_a_closed_unit_waits_for_the_coordinator() {
    let world = World::new().await;
    let fall = PlacementRequest {
        service_id: AUTOMATIC_SERVICE.to_string(),
        start_date: "2027-09-07".into(),
        end_date: "2027-12-10".into(),
        use_release_date: true,
        ..request()
    };
    let draft = world.create(&school(), fall).await.expect("a draft");
    world.call(&school(), Call::Send, &draft.id).await.expect("no. 3");
    let november = Closure { start_date: "2027-11-01".into(), end_date: "2027-11-05".into(), ..unit(UNIT) };
    world.closure(1, november).await;
    world.running.clock.set("2027-05-03T04:00:00Z".parse().expect("an instant"));
    world.running.run_task("release_held").await.expect("the day has come");
    let released = world.call(&school(), Call::Get, &draft.id).await.expect("the school's own");
    assert_eq!(released.state(), State::Sent);
}

#[tokio::test]
async fn weeks_are_closed_from_the_agency_downward() {
    let world = World::new().await;
    let tuesday_to_monday =
        |place: Closure| Closure { start_date: "2027-02-02".into(), end_date: "2027-02-08".into(), ..place };
    assert_eq!(world.closed_weeks(UNIT).await, [false; 4]);
    for (version, place, next_too) in [(1, unit(UNIT), false), (2, site(SITE), true), (3, agency(HOSPITAL), true)] {
        world.closure(version, tuesday_to_monday(place)).await;
        let closed = [false, true, true, false];
        assert_eq!(world.closed_weeks(UNIT).await, closed, "version {version}");
        assert_eq!(world.closed_weeks(NEXT_UNIT).await, if next_too { closed } else { [false; 4] });
    }
    world.closure(4, tuesday_to_monday(site(OTHER_SITE))).await;
    assert_eq!(world.closed_weeks(UNIT).await, [false; 4], "it is of another site now");
}

#[tokio::test]
async fn students_of_a_closed_week_are_counted_all_the_same() {
    let world = World::new().await;
    world.request_in(State::Confirmed).await;
    world.closure(1, unit(UNIT)).await;
    let message = GetOccupancyRequest {
        destination_id: UNIT.to_string(),
        from_date: "2027-02-01".into(),
        weeks: 1,
        ..Default::default()
    };
    let answer = world.client(&school()).get_occupancy(message).await.expect("counts").into_inner();
    let cell = answer.destinations[0].cells[0];
    assert_eq!((cell.accepted, cell.pending, cell.closed), (6, 0, true));
}

#[tokio::test]
async fn a_closure_between_the_days_of_the_week_that_are_asked_for_closes_nothing() {
    let world = World::new().await;
    let on = |days: &[Weekday]| PlacementRequest {
        weekdays: days.iter().map(|day| i32::from(*day)).collect(),
        hours_per_student: 40,
        ..request()
    };
    let [sundays, tuesdays, various] = [&[Weekday::Sunday][..], &[Weekday::Tuesday, Weekday::Sunday], &[]].map(on);
    world.closure(1, Closure { end_date: "2027-02-06".into(), ..unit(UNIT) }).await;
    for (ask, is_open) in [(sundays, true), (tuesdays, false), (various, false)] {
        let draft = world.create(&school(), ask.clone()).await.expect("a draft");
        let outcome = world.call(&school(), Call::Send, &draft.id).await;
        let told = outcome.as_ref().map_or_else(reason, |_| String::new());
        assert_eq!(told, if is_open { "" } else { "PLACE_CLOSED" }, "{:?}", ask.weekdays);
    }
}
