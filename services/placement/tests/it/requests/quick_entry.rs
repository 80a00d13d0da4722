//! Quick Entry (Raccourci): the coordinator enters for a school that is not a user.

use proto::placement::v1::{Origin, PlacementRequest, RequestDrafted, RequestSent, State};

use crate::{
    calls::Call,
    world::{
        NON_USER_COURSE, NON_USER_PROGRAM, NON_USER_SCHOOL, OTHER_SCHOOL, SCHOOL, World, faults, reason, receiver,
        request, school,
    },
};

fn quick() -> PlacementRequest {
    PlacementRequest {
        placing_agency_id: NON_USER_SCHOOL.to_string(),
        program_id: NON_USER_PROGRAM.to_string(),
        course_id: NON_USER_COURSE.to_string(),
        ..request()
    }
}

#[tokio::test]
async fn a_quick_entry_is_sent_at_once_and_confirmed_by_the_coordinator() {
    let world = World::new().await;
    let rc = receiver();
    let entered = world.create(&rc, quick()).await.expect("a quick entry");
    assert_eq!((entered.state(), entered.origin()), (State::Sent, Origin::ReceivingAgency));
    assert_eq!(entered.placing_coordinator_id, "");
    assert_eq!(world.running.published::<RequestDrafted>().await.len(), 1);
    let sent = world.running.published::<RequestSent>().await;
    assert!(sent[0].request.as_ref().expect("facts").on_behalf);

    world.call(&rc, Call::AcceptForAgency, &entered.id).await.expect("no. 11");
    let confirmed = world.call(&rc, Call::Confirm, &entered.id).await.expect("no. 16");
    assert_eq!(confirmed.state(), State::Confirmed);
}

#[tokio::test]
async fn the_coordinator_does_not_confirm_for_a_school_that_can() {
    let world = World::new().await;
    let request = world.request_in(State::Accepted).await;
    let refused = world.call(&receiver(), Call::Confirm, &request.id).await.expect_err("the school's");
    assert_eq!(reason(&refused), "NOT_QUICK_ENTRY");
    assert!(!request.actions.is_empty());
    world.call(&school(), Call::Confirm, &request.id).await.expect("no. 15");
}

#[tokio::test]
async fn a_quick_entry_names_a_school_that_is_not_a_user() {
    let world = World::new().await;
    for (ask, expected) in [
        (PlacementRequest { placing_agency_id: String::new(), ..quick() }, "request.placing_agency_id=REQUIRED"),
        (
            PlacementRequest { placing_agency_id: OTHER_SCHOOL.to_string(), ..quick() },
            "request.program_id=MISMATCHED_REFERENCE",
        ),
        (
            PlacementRequest { placing_agency_id: SCHOOL.to_string(), ..request() },
            "request.placing_agency_id=SCHOOL_IS_USER",
        ),
    ] {
        assert_eq!(faults(&world.create(&receiver(), ask).await.expect_err("not a quick entry")), expected);
    }
}

#[tokio::test]
async fn a_quick_entry_may_record_the_past_and_is_never_held() {
    let world = World::new().await;
    let running = PlacementRequest { start_date: "2026-11-02".into(), end_date: "2026-12-18".into(), ..quick() };
    assert_eq!(world.create(&receiver(), running).await.expect("it has begun").state(), State::Sent);
    let fall = PlacementRequest {
        start_date: "2027-09-07".into(),
        end_date: "2027-12-10".into(),
        use_release_date: true,
        ..quick()
    };
    assert_eq!(world.create(&receiver(), fall).await.expect("the fall").state(), State::Sent);
}
