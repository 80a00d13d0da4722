//! An agency's people cannot see or touch another's requests.

use chassis::Scope;
use kernel::PersonId;
use proto::{
    identity::v1::{Level, Role},
    placement::v1::{ListInboxRequest, ListOutboxRequest, State},
};
use testkit::service::User;
use tonic::Code;
use uuid::Uuid;

use crate::{
    calls::Call,
    world::{
        HOSPITAL, MAIL_UNIT, NEXT_UNIT, OTHER_HOSPITAL, OTHER_PROGRAM, OTHER_SCHOOL, OTHER_SERVICE, OTHER_SITE,
        OTHER_UNIT, PROGRAM, SECOND_PROGRAM, SECOND_SITE, SERVICE, SITE, UNIT, World, agent, monitor, reason, receiver,
        request, school,
    },
};

fn user(role: Role, scope: Scope) -> User {
    User::new(PersonId::from(Uuid::from_u128(0xbad)), role, [scope]).at(Level::LocalAdministrator)
}

/// Everybody whom some method admits and whose grants lie elsewhere.
fn strangers() -> Vec<User> {
    let (pc, rc) = (Role::PlacingCoordinator, Role::ReceivingCoordinator);
    let mut strangers = vec![
        user(pc, Scope::Agency(OTHER_SCHOOL.into())),
        user(pc, Scope::Program(OTHER_PROGRAM.into())),
        user(pc, Scope::Program(SECOND_PROGRAM.into())),
        // A grant of the receiving side is nothing in the hands of a school's role, nor the other way round.
        user(pc, Scope::Agency(HOSPITAL.into())),
        user(pc, Scope::Site(SITE.into())),
        user(pc, Scope::Province),
        user(rc, Scope::Agency(OTHER_HOSPITAL.into())),
        user(rc, Scope::Site(SECOND_SITE.into())),
        user(rc, Scope::Service(OTHER_SERVICE.into())),
        user(rc, Scope::Destination(UNIT.into())),
        user(rc, Scope::Program(PROGRAM.into())),
        user(rc, Scope::Province),
    ];
    for role in [Role::DestinationCoordinator, Role::DestinationMonitor] {
        for scope in [
            Scope::Agency(OTHER_HOSPITAL.into()),
            Scope::Site(OTHER_SITE.into()),
            Scope::Service(OTHER_SERVICE.into()),
            Scope::Destination(MAIL_UNIT.into()),
            Scope::Destination(NEXT_UNIT.into()),
            Scope::Destination(OTHER_UNIT.into()),
            Scope::Province,
        ] {
            strangers.push(user(role, scope));
        }
    }
    strangers
}

#[tokio::test]
async fn the_authentication_layer_admits_whom_the_contract_names() {
    let world = World::new().await;
    assert!(world.running.check_admission().await > 100);
}

#[tokio::test]
async fn what_lies_outside_the_grants_does_not_exist_for_any_method() {
    let world = World::new().await;
    let request = world.request_in(State::Redirected).await;
    let mut tried = 0;
    for stranger in strangers() {
        for call in Call::ALL.iter().copied().filter(|call| call.admits(stranger.role)) {
            let hidden = world.call(&stranger, call, &request.id).await.expect_err("not theirs");
            let case = format!("{call:?} as {:?} of {:?}", stranger.role, stranger.scopes);
            assert_eq!((hidden.code(), reason(&hidden).as_str()), (Code::NotFound, "NOT_FOUND"), "{case}");
            tried += 1;
        }
    }
    assert!(tried > 150, "{tried}");
    assert_eq!(world.call(&school(), Call::Get, &request.id).await.expect("untouched").etag, request.etag);
}

#[tokio::test]
async fn what_lies_outside_the_grants_is_in_no_list() {
    let world = World::new().await;
    world.request_in(State::Redirected).await;
    for stranger in strangers() {
        let mut client = world.client(&stranger);
        let found = if stranger.role == Role::PlacingCoordinator {
            let answer = client
                .list_outbox(ListOutboxRequest { include_total_size: true, ..Default::default() })
                .await
                .expect("a list")
                .into_inner();
            (answer.requests.len(), answer.total_size)
        } else {
            let answer = client
                .list_inbox(ListInboxRequest { include_total_size: true, ..Default::default() })
                .await
                .expect("a list")
                .into_inner();
            (answer.requests.len(), answer.total_size)
        };
        assert_eq!(found, (0, 0), "{:?} of {:?}", stranger.role, stranger.scopes);
    }
}

#[tokio::test]
async fn a_grant_holds_everything_below_it() {
    let world = World::new().await;
    let request = world.request_in(State::Redirected).await;
    let (pc, rc, dc) = (Role::PlacingCoordinator, Role::ReceivingCoordinator, Role::DestinationCoordinator);
    let covering = [
        user(pc, Scope::Program(PROGRAM.into())),
        user(rc, Scope::Agency(HOSPITAL.into())),
        user(rc, Scope::Site(SITE.into())),
        user(rc, Scope::Service(SERVICE.into())),
        user(dc, Scope::Agency(HOSPITAL.into())),
        user(dc, Scope::Site(SITE.into())),
        user(dc, Scope::Service(SERVICE.into())),
        user(dc, Scope::Destination(UNIT.into())),
    ];
    for colleague in covering {
        let seen = world.call(&colleague, Call::Get, &request.id).await.expect("their own");
        assert!(!seen.actions.is_empty(), "{:?} of {:?}", colleague.role, colleague.scopes);
    }
}

#[tokio::test]
async fn each_side_sees_a_request_only_from_its_own_state_on() {
    let world = World::new().await;
    let draft = world.draft().await;
    let sent = world.request_in(State::Sent).await;
    let accepted = world.request_in(State::Accepted).await;
    for (user, id, sees) in [
        (school(), &draft.id, true),
        (receiver(), &draft.id, false),
        (agent(), &draft.id, false),
        (receiver(), &sent.id, true),
        (agent(), &sent.id, false),
        (monitor(), &sent.id, false),
        (agent(), &accepted.id, true),
    ] {
        let outcome = world.call(&user, Call::Get, id).await;
        assert_eq!(outcome.is_ok(), sees, "{:?}: {outcome:?}", user.role);
    }
}

#[tokio::test]
async fn a_viewer_looks_and_changes_nothing() {
    let world = World::new().await;
    let request = world.request_in(State::Redirected).await;
    for viewer in [school().at(Level::Viewer), receiver().at(Level::Viewer), agent().at(Level::Viewer), monitor()] {
        let seen = world.call(&viewer, Call::Get, &request.id).await.expect("looking is allowed");
        assert!(seen.actions.is_empty(), "{:?}", viewer.role);
        for call in Call::ALL.iter().copied().filter(|call| !call.only_looks()) {
            let refused = world.call(&viewer, call, &request.id).await.expect_err("looking is all");
            assert_eq!(reason(&refused), "ROLE_NOT_ALLOWED", "{call:?} as {:?}", viewer.role);
        }
    }
}

#[tokio::test]
async fn nobody_makes_requests_for_others() {
    let world = World::new().await;
    let (pc, rc) = (Role::PlacingCoordinator, Role::ReceivingCoordinator);
    for stranger in [
        user(pc, Scope::Agency(OTHER_SCHOOL.into())),
        user(pc, Scope::Program(SECOND_PROGRAM.into())),
        user(rc, Scope::Agency(OTHER_HOSPITAL.into())),
        user(rc, Scope::Service(OTHER_SERVICE.into())),
    ] {
        let refused = world.create(&stranger, request()).await.expect_err("not theirs to make");
        assert_eq!((refused.code(), reason(&refused).as_str()), (Code::PermissionDenied, "OUT_OF_SCOPE"));
    }
}

#[tokio::test]
async fn an_agent_passes_a_request_on_among_own_units_only() {
    let world = World::new().await;
    let request = world.request_in(State::Redirected).await;
    let refused = world.call(&agent(), Call::ChangeDestination, &request.id).await.expect_err("6 Nord is another's");
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::PermissionDenied, "OUT_OF_SCOPE"));
    let of_both = User::new(
        agent().person,
        Role::DestinationCoordinator,
        [Scope::Destination(UNIT.into()), Scope::Destination(NEXT_UNIT.into())],
    );
    world.call(&of_both, Call::ChangeDestination, &request.id).await.expect("no. 22");
}
