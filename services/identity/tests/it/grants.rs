//! Rights: who gives what, where.

use proto::identity::v1::{
    CreateGrantRequest, DeleteGrantRequest, Grant, Level, ListGrantsRequest, Role, ScopeKind, UpdatePersonRequest,
};
use testkit::service::User;
use tonic::Status;
use uuid::Uuid;

use crate::world::{
    HOST, JEAN, MARIE, OTHER_SCHOOL, PROGRAM, SCHOOL, SCHOOL_ADMIN, SECOND_PROGRAM, SECOND_SITE, SERVICE, SITE, UNIT,
    World, fault, faults, host_admin, operator, other_school_admin, program_admin, reason, school_admin, site,
    site_admin,
};

fn grant(role: Role, level: Level, kind: ScopeKind, scope: Option<Uuid>) -> Grant {
    Grant {
        id: String::new(),
        role: role.into(),
        level: level.into(),
        scope_kind: kind.into(),
        scope_id: scope.map(|id| id.to_string()).unwrap_or_default(),
    }
}

fn rc(level: Level, kind: ScopeKind, scope: Uuid) -> Grant {
    grant(Role::ReceivingCoordinator, level, kind, Some(scope))
}

fn pc(level: Level, kind: ScopeKind, scope: Uuid) -> Grant {
    grant(Role::PlacingCoordinator, level, kind, Some(scope))
}

async fn give(world: &World, user: &User, person: Uuid, grant: Grant) -> Result<Grant, Status> {
    let request = CreateGrantRequest { person_id: person.to_string(), grant: Some(grant), request_id: String::new() };
    Ok(world.accounts(user).create_grant(request).await?.into_inner().grant.expect("a grant"))
}

async fn take(world: &World, user: &User, person: Uuid, id: &str) -> Result<(), Status> {
    let request = DeleteGrantRequest { person_id: person.to_string(), grant_id: id.to_owned() };
    world.accounts(user).delete_grant(request).await.map(|_| ())
}

async fn list(world: &World, user: &User, person: Uuid) -> Result<Vec<Grant>, Status> {
    let request = ListGrantsRequest { person_id: person.to_string() };
    Ok(world.accounts(user).list_grants(request).await?.into_inner().grants)
}

#[tokio::test]
async fn a_right_is_given_listed_published_and_taken() {
    let world = World::new().await;
    let before = list(&world, &host_admin(), JEAN).await.expect("a list").len();
    let asked = grant(Role::DestinationCoordinator, Level::Regular, ScopeKind::Destination, Some(UNIT));
    let given = give(&world, &host_admin(), JEAN, asked.clone()).await.expect("given");
    assert_eq!(given, Grant { id: given.id.clone(), ..asked });
    assert!(list(&world, &host_admin(), JEAN).await.expect("a list").contains(&given));
    assert!(world.last_event(JEAN).await.grants.contains(&given));
    take(&world, &host_admin(), JEAN, &given.id).await.expect("taken");
    assert_eq!(list(&world, &host_admin(), JEAN).await.expect("a list").len(), before);
    assert!(!world.last_event(JEAN).await.grants.contains(&given));
    assert_eq!(reason(take(&world, &host_admin(), JEAN, &given.id).await), "NOT_FOUND");
}

#[tokio::test]
async fn a_local_administrator_gives_within_the_own_scope_alone() {
    use ScopeKind::{Agency, Program, Service, Site};
    let world = World::new().await;
    give(&world, &site_admin(), JEAN, rc(Level::Regular, Site, SITE)).await.expect("the own site");
    give(&world, &host_admin(), JEAN, rc(Level::Viewer, Site, SECOND_SITE)).await.expect("below the own agency");
    give(&world, &school_admin(), MARIE, pc(Level::Regular, Program, SECOND_PROGRAM)).await.expect("an own program");
    for (user, person, wider) in [
        (site_admin(), JEAN, rc(Level::Regular, Site, SECOND_SITE)),
        (site_admin(), JEAN, rc(Level::Regular, Agency, HOST)),
        (program_admin(), MARIE, pc(Level::Regular, Agency, SCHOOL)),
        (program_admin(), MARIE, pc(Level::Viewer, Program, SECOND_PROGRAM)),
        (school_admin(), MARIE, pc(Level::Regular, Agency, OTHER_SCHOOL)),
        (school_admin(), MARIE, rc(Level::Regular, Service, SERVICE)),
    ] {
        assert_eq!(reason(give(&world, &user, person, wider.clone()).await), "OUT_OF_SCOPE", "{wider:?}");
    }
}

#[tokio::test]
async fn the_operator_alone_gives_and_takes_local_administrators_and_roles_of_the_province() {
    let world = World::new().await;
    let administrator = pc(Level::LocalAdministrator, ScopeKind::Program, SECOND_PROGRAM);
    let reserved = [
        administrator.clone(),
        grant(Role::Operator, Level::Viewer, ScopeKind::Province, None),
        grant(Role::ProvincialLead, Level::Viewer, ScopeKind::Province, None),
    ];
    for wanted in reserved {
        assert_eq!(reason(give(&world, &school_admin(), MARIE, wanted.clone()).await), "GRANT_RESERVED");
        let given = give(&world, &operator(), MARIE, wanted).await.expect("given");
        assert_eq!(reason(take(&world, &school_admin(), MARIE, &given.id).await), "GRANT_RESERVED");
        take(&world, &operator(), MARIE, &given.id).await.expect("taken");
    }
}

#[tokio::test]
async fn an_operators_account_is_out_of_a_local_administrators_reach() {
    let world = World::new().await;
    let province = grant(Role::Operator, Level::Viewer, ScopeKind::Province, None);
    give(&world, &operator(), MARIE, province).await.expect("given");
    let request = proto::identity::v1::ResetPasswordRequest { person_id: MARIE.to_string() };
    assert_eq!(reason(world.accounts(&school_admin()).reset_password(request).await), "OUT_OF_SCOPE");
}

#[tokio::test]
async fn role_level_and_place_must_go_together() {
    use ScopeKind::{Agency, Destination, Program, Province, Service, Site};
    let world = World::new().await;
    let give = async |grant| faults(give(&world, &operator(), JEAN, grant).await);
    let level = [fault("grant.level", "LEVEL_NOT_ALLOWED")];
    assert_eq!(give(grant(Role::CourseLeader, Level::Regular, Program, Some(PROGRAM))).await, level);
    assert_eq!(
        give(grant(Role::DestinationCoordinator, Level::LocalAdministrator, Destination, Some(UNIT))).await,
        level
    );
    let kind = [fault("grant.scope_kind", "SCOPE_NOT_ALLOWED")];
    assert_eq!(give(pc(Level::Regular, Site, SITE)).await, kind);
    assert_eq!(give(rc(Level::Regular, Destination, UNIT)).await, kind);
    assert_eq!(give(grant(Role::PlacingCoordinator, Level::Regular, Province, None)).await, kind);
    assert_eq!(give(grant(Role::Operator, Level::Viewer, Agency, Some(HOST))).await, kind);
    let side = [fault("grant.scope_id", "WRONG_SIDE")];
    assert_eq!(give(pc(Level::Regular, Agency, HOST)).await, side);
    assert_eq!(give(rc(Level::Regular, Agency, SCHOOL)).await, side);
    let unknown = [fault("grant.scope_id", "UNKNOWN_PLACE")];
    assert_eq!(give(rc(Level::Regular, Service, Uuid::from_u128(0xffff))).await, unknown);
    assert_eq!(give(rc(Level::Regular, Service, SITE)).await, unknown, "a site is not a service");
    world.running.deliver(&site(SECOND_SITE, false), SECOND_SITE, 2).await.expect("taken");
    assert_eq!(give(rc(Level::Regular, Site, SECOND_SITE)).await, [fault("grant.scope_id", "PLACE_INACTIVE")]);
}

#[tokio::test]
async fn malformed_grants_are_told_by_their_fields() {
    let world = World::new().await;
    let give = async |grant| faults(give(&world, &operator(), JEAN, grant).await);
    assert_eq!(
        give(Grant::default()).await,
        [
            fault("grant.role", "REQUIRED"),
            fault("grant.level", "REQUIRED"),
            fault("grant.scope_id", "REQUIRED"),
            fault("grant.scope_kind", "REQUIRED"),
        ]
    );
    let mut wrong = rc(Level::Regular, ScopeKind::Site, SITE);
    wrong.scope_id = "here".into();
    assert_eq!(give(wrong).await, [fault("grant.scope_id", "MALFORMED_ID")]);
    let located = grant(Role::Operator, Level::Viewer, ScopeKind::Province, Some(SITE));
    assert_eq!(give(located).await, [fault("grant.scope_id", "SCOPE_NOT_ALLOWED")]);
    assert_eq!(faults(take(&world, &operator(), JEAN, "x").await), [fault("grant_id", "MALFORMED_ID")]);
}

#[tokio::test]
async fn the_same_right_twice_is_refused_and_the_same_request_id_is_not() {
    let world = World::new().await;
    let wanted = rc(Level::Regular, ScopeKind::Site, SITE);
    let request = CreateGrantRequest {
        person_id: JEAN.to_string(),
        grant: Some(wanted.clone()),
        request_id: Uuid::from_u128(0xfeed).to_string(),
    };
    let mut accounts = world.accounts(&host_admin());
    let first = accounts.create_grant(request.clone()).await.expect("given").into_inner();
    let again = accounts.create_grant(request).await.expect("answered").into_inner();
    assert_eq!(first, again);
    assert_eq!(reason(give(&world, &host_admin(), JEAN, wanted).await), "GRANT_EXISTS");
    let province = grant(Role::Operator, Level::Viewer, ScopeKind::Province, None);
    give(&world, &operator(), JEAN, province.clone()).await.expect("given");
    assert_eq!(reason(give(&world, &operator(), JEAN, province).await), "GRANT_EXISTS");
}

#[tokio::test]
async fn people_of_other_agencies_do_not_exist_for_who_gives() {
    let world = World::new().await;
    let id = list(&world, &school_admin(), MARIE).await.expect("a list")[0].id.clone();
    for stranger in [other_school_admin(), host_admin()] {
        assert_eq!(reason(list(&world, &stranger, MARIE).await), "NOT_FOUND");
        assert_eq!(reason(take(&world, &stranger, MARIE, &id).await), "NOT_FOUND");
        let wanted = rc(Level::Regular, ScopeKind::Site, SITE);
        assert_eq!(reason(give(&world, &stranger, MARIE, wanted).await), "NOT_FOUND");
    }
    let of_another = list(&world, &school_admin(), SCHOOL_ADMIN).await.expect("a list")[0].id.clone();
    assert_eq!(reason(take(&world, &operator(), MARIE, &of_another).await), "NOT_FOUND");
}

#[tokio::test]
async fn the_archived_are_given_nothing() {
    let world = World::new().await;
    let person = proto::identity::v1::Person { id: JEAN.to_string(), ..Default::default() };
    let update_mask = Some(prost_types::FieldMask { paths: vec!["active".into()] });
    let request = UpdatePersonRequest { person: Some(person), update_mask };
    world.people(&host_admin()).update_person(request).await.expect("archived");
    let wanted = rc(Level::Regular, ScopeKind::Site, SITE);
    assert_eq!(reason(give(&world, &host_admin(), JEAN, wanted).await), "PERSON_ARCHIVED");
}
