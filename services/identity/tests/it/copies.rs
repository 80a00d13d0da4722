//! The copy of places: duplicates, reordering, events that cannot be.

use eventing::HandlerError;
use proto::{
    configuration::v1::{Agency, AgencyChanged, AgencyKind, Site, SiteChanged},
    identity::v1::{CreateGrantRequest, Grant, Level, Role, ScopeKind},
};
use testkit::service::User;
use tonic::Status;
use uuid::Uuid;

use crate::world::{HOST, JEAN, OTHER_HOST, World, agency, fault, faults, host_admin, operator, reason};

const NEW_SITE: Uuid = Uuid::from_u128(0xb077);

fn moved(agency: Uuid, active: bool) -> SiteChanged {
    let site = Site { id: NEW_SITE.to_string(), agency_id: agency.to_string(), active, ..Site::default() };
    SiteChanged { site: Some(site) }
}

/// Gives Jean the new site, and takes it again.
async fn try_site(world: &World, user: &User) -> Result<(), Status> {
    let grant = Grant {
        role: Role::ReceivingCoordinator.into(),
        level: Level::Viewer.into(),
        scope_kind: ScopeKind::Site.into(),
        scope_id: NEW_SITE.to_string(),
        ..Grant::default()
    };
    let request = CreateGrantRequest { person_id: JEAN.to_string(), grant: Some(grant), request_id: String::new() };
    let given = world.accounts(user).create_grant(request).await?.into_inner().grant.expect("a grant");
    let request = proto::identity::v1::DeleteGrantRequest { person_id: JEAN.to_string(), grant_id: given.id };
    world.accounts(user).delete_grant(request).await.map(|_| ())
}

#[tokio::test]
async fn the_newest_state_of_a_place_holds_whatever_the_order() {
    let world = World::new().await;
    for (event, version) in [(moved(OTHER_HOST, true), 2), (moved(HOST, true), 3), (moved(OTHER_HOST, false), 1)] {
        world.running.deliver(&event, NEW_SITE, version).await.expect("taken");
        world.running.deliver(&event, NEW_SITE, version).await.expect("taken again");
    }
    try_site(&world, &host_admin()).await.expect("the site belongs to the agency");
    world.running.deliver(&moved(OTHER_HOST, true), NEW_SITE, 4).await.expect("taken");
    assert_eq!(reason(try_site(&world, &host_admin()).await), "OUT_OF_SCOPE");
}

#[tokio::test]
async fn a_place_is_unknown_until_its_agency_is_known() {
    let world = World::new().await;
    let later = Uuid::from_u128(0xa077);
    world.running.deliver(&moved(later, true), NEW_SITE, 1).await.expect("taken");
    assert_eq!(faults(try_site(&world, &operator()).await), [fault("grant.scope_id", "UNKNOWN_PLACE")]);
    world.running.deliver(&agency(later, AgencyKind::Receiving), later, 1).await.expect("taken");
    try_site(&world, &operator()).await.expect("known now");
}

#[tokio::test]
async fn an_event_that_cannot_be_is_rejected_and_changes_nothing() {
    let world = World::new().await;
    let nameless = SiteChanged { site: Some(Site { id: "x".into(), ..Site::default() }) };
    let sideless = AgencyChanged { agency: Some(Agency { id: NEW_SITE.to_string(), ..Agency::default() }) };
    let nothing = SiteChanged { site: None };
    for outcome in [
        world.running.deliver(&nameless, NEW_SITE, 1).await,
        world.running.deliver(&sideless, NEW_SITE, 1).await,
        world.running.deliver(&nothing, NEW_SITE, 1).await,
    ] {
        assert!(matches!(outcome, Err(HandlerError::Reject(_))), "{outcome:?}");
    }
    assert_eq!(faults(try_site(&world, &operator()).await), [fault("grant.scope_id", "UNKNOWN_PLACE")]);
}
