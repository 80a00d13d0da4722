//! Nobody sees what is not theirs, in the list and in the file alike.

use proto::{identity::v1::Role, placement::v1::State, reporting::v1::ExportRequestReportRequest};
use testkit::service::User;
use tonic::Code;
use uuid::Uuid;

use crate::{
    reports::export::lines,
    world::{
        HOST, Happens::*, OTHER_PROGRAM, OTHER_SCHOOL, OTHER_SITE, OTHER_UNIT, PROGRAM, SCHOOL, SERVICE, SITE, UNIT,
        World, agency_scope, agent, coordinator, facts, program_scope, school, service_scope, site_scope, unit_scope,
        user,
    },
};

const NONE: [u128; 0] = [];
const SENT: &str = "2026-11-02T15:00:00Z";

/// What the user sees, which must be the same in the list, the sums and the file.
async fn seen(world: &World, user: &User) -> Vec<u128> {
    let report = world.list(user).await.expect("the report");
    let seen = world.seen(user).await;
    assert_eq!(usize::try_from(report.summary.expect("sums").requests).expect("a count"), seen.len());
    assert_eq!(lines(world, user).await.len(), seen.len() + 1, "the file holds a header and the same rows");
    seen
}

/// One redirected request of the usual places, and one of other places altogether.
async fn two_requests() -> World {
    let world = World::new().await;
    let life = [(To(State::Sent), SENT), (To(State::Redirected), SENT)];
    world.live(1, &life).await;
    let mut other = facts(2);
    other.placing_agency_id = OTHER_SCHOOL.to_string();
    other.program_id = OTHER_PROGRAM.to_string();
    other.receiving_agency_id = Uuid::from_u128(0xa002).to_string();
    other.site_id = OTHER_SITE.to_string();
    other.service_id = Uuid::from_u128(0xc002).to_string();
    other.destination_id = OTHER_UNIT.to_string();
    world.live_with(other, &life).await;
    world
}

#[tokio::test]
async fn roles_that_are_not_admitted_are_refused_by_every_rpc() {
    let world = World::new().await;
    // Two methods, each closed to nobody, a forger, a service and the nine other roles.
    assert_eq!(world.running.check_admission().await, 24);
}

#[tokio::test]
async fn each_grant_shows_what_lies_below_it_and_no_more() {
    let world = two_requests().await;
    let grants = [
        (Role::PlacingCoordinator, agency_scope(SCHOOL)),
        (Role::PlacingCoordinator, program_scope(PROGRAM)),
        (Role::ReceivingCoordinator, agency_scope(HOST)),
        (Role::ReceivingCoordinator, site_scope(SITE)),
        (Role::ReceivingCoordinator, service_scope(SERVICE)),
        (Role::DestinationCoordinator, agency_scope(HOST)),
        (Role::DestinationCoordinator, site_scope(SITE)),
        (Role::DestinationCoordinator, service_scope(SERVICE)),
        (Role::DestinationCoordinator, unit_scope(UNIT)),
    ];
    for (role, scope) in grants {
        assert_eq!(seen(&world, &user(role, [scope])).await, [1], "{role:?} {scope:?}");
    }
    let others = [
        (Role::PlacingCoordinator, agency_scope(OTHER_SCHOOL)),
        (Role::PlacingCoordinator, program_scope(OTHER_PROGRAM)),
        (Role::ReceivingCoordinator, site_scope(OTHER_SITE)),
        (Role::DestinationCoordinator, unit_scope(OTHER_UNIT)),
    ];
    for (role, scope) in others {
        assert_eq!(seen(&world, &user(role, [scope])).await, [2], "{role:?} {scope:?}");
    }
    let both = user(Role::ReceivingCoordinator, [site_scope(SITE), site_scope(OTHER_SITE)]);
    assert_eq!(seen(&world, &both).await, [2, 1]);
}

#[tokio::test]
async fn a_grant_of_one_side_is_worth_nothing_on_the_other() {
    let world = two_requests().await;
    let strangers = [
        (Role::PlacingCoordinator, agency_scope(HOST)),
        (Role::PlacingCoordinator, agency_scope(Uuid::from_u128(0xffff))),
        (Role::ReceivingCoordinator, agency_scope(SCHOOL)),
        (Role::DestinationCoordinator, agency_scope(SCHOOL)),
        (Role::DestinationCoordinator, unit_scope(Uuid::from_u128(0xffff))),
    ];
    for (role, scope) in strangers {
        assert_eq!(seen(&world, &user(role, [scope])).await, NONE, "{role:?} {scope:?}");
    }
}

#[tokio::test]
async fn rights_that_hold_for_no_place_of_the_side_are_refused() {
    let world = two_requests().await;
    let strangers = [
        user(Role::PlacingCoordinator, [unit_scope(UNIT)]),
        user(Role::PlacingCoordinator, [chassis::Scope::Province]),
        user(Role::ReceivingCoordinator, [unit_scope(UNIT)]),
        user(Role::ReceivingCoordinator, [program_scope(PROGRAM)]),
        user(Role::DestinationCoordinator, [program_scope(PROGRAM)]),
    ];
    for stranger in strangers {
        let refused = world.list(&stranger).await.expect_err("out of scope");
        assert_eq!(refused.code(), Code::PermissionDenied, "{stranger:?}");
        assert_eq!(refused.message(), "Cette action dépasse les endroits dont vous avez la charge.");
        let export = ExportRequestReportRequest::default();
        let refused = world.client(&stranger).export_request_report(export).await.expect_err("out of scope");
        assert_eq!(refused.code(), Code::PermissionDenied, "{stranger:?}");
    }
}

#[tokio::test]
async fn the_receiving_side_sees_a_request_from_when_it_comes_to_it() {
    let world = World::new().await;
    let life = [
        (To(State::Draft), SENT, false, false),
        (To(State::Held), SENT, false, false),
        (To(State::Sent), SENT, true, false),
        (To(State::Redirected), SENT, true, true),
        (To(State::DeclinedByDestination), SENT, true, true),
        (To(State::Accepted), SENT, true, true),
        (To(State::Confirmed), SENT, true, true),
        (To(State::Cancelled), SENT, true, true),
        (Reactivated, SENT, true, false),
        (To(State::RedirectedAutomatically), SENT, true, true),
        (UnitChanged, SENT, true, false),
    ];
    let events: Vec<_> = life.iter().map(|(happens, time, ..)| (*happens, *time)).collect();
    for (step, (_, _, for_coordinator, for_agent)) in crate::world::steps(facts(1), &events).iter().zip(life) {
        world.deliver(step).await;
        assert_eq!(seen(&world, &school()).await, [1], "{:?}", step.happens);
        assert_eq!(seen(&world, &coordinator()).await.len(), usize::from(for_coordinator), "{:?}", step.happens);
        assert_eq!(seen(&world, &agent()).await.len(), usize::from(for_agent), "{:?}", step.happens);
    }
    let other_agent = user(Role::DestinationCoordinator, [unit_scope(OTHER_UNIT)]);
    assert_eq!(seen(&world, &other_agent).await, [1], "it has moved to the other unit");
}

#[tokio::test]
async fn what_was_asked_off_line_is_seen_by_the_agency_once_it_is_answered() {
    let world = World::new().await;
    let life = [(To(State::SentOffline), SENT), (To(State::Accepted), SENT)];
    world.live(1, &life[..1]).await;
    assert_eq!(seen(&world, &coordinator()).await, NONE);
    world.live(1, &life).await;
    assert_eq!(seen(&world, &coordinator()).await, [1]);
    assert_eq!(seen(&world, &agent()).await, [1], "the unit is where the students go");
}
