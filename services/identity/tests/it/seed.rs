//! The first operator, and people who are there from the beginning.

use chassis::Failure;
use directory::model::{Level, Role, ScopeKind};
use identity::{
    accounts::{Login, Passwords},
    seed::{Bootstrap, FirstOperator, SeedAccount},
};
use jiff::SignedDuration;
use proto::identity::v1::{AccountState, ChangePasswordRequest, Role as WireRole};
use uuid::Uuid;

use crate::world::{PASSWORD, PROGRAM, SCHOOL, World, card, cheap, reason, right};

async fn first_operator(world: &World) -> Result<Option<FirstOperator>, Failure> {
    let bootstrap = Bootstrap {
        passwords: Passwords::new(&cheap().argon2).expect("within bounds"),
        temporary_life: cheap().temporary_password_life(),
        card: card("Tandem", "Operator"),
    };
    let host = &world.running.host;
    host.db.write(&bootstrap, &host.env).await
}

async fn seed(world: &World, seed: &SeedAccount) -> Result<bool, Failure> {
    let host = &world.running.host;
    host.db.write(seed, &host.env).await
}

#[tokio::test]
async fn an_empty_province_gets_one_operator_who_chooses_a_password() {
    let world = World::empty().await;
    let operator = first_operator(&world).await.expect("made").expect("the first");
    assert!(first_operator(&world).await.expect("looked").is_none());
    let login = operator.login.as_str();
    assert_eq!(reason(world.sign_in(login, &operator.temporary_password).await), "PASSWORD_CHANGE_REQUIRED");
    let change = ChangePasswordRequest {
        login: login.to_owned(),
        password: operator.temporary_password,
        new_password: PASSWORD.to_owned(),
    };
    let changed = world.sessions().change_password(change).await.expect("changed").into_inner();
    assert_eq!(changed.me.expect("me").active_role(), WireRole::Operator);
    let event = world.last_event(operator.person.uuid()).await;
    assert_eq!((event.account_state(), &*event.agency_id, event.grants.len()), (AccountState::Active, "", 1));
}

#[tokio::test]
async fn a_province_whose_operator_let_the_temporary_password_expire_gets_another() {
    let world = World::empty().await;
    let late = first_operator(&world).await.expect("made").expect("the first");
    world.running.clock.advance(SignedDuration::from_hours(7 * 24));
    assert_eq!(
        reason(world.sign_in(late.login.as_str(), &late.temporary_password).await),
        "TEMPORARY_PASSWORD_EXPIRED"
    );
    let next = first_operator(&world).await.expect("made").expect("another");
    assert_eq!(reason(world.sign_in(next.login.as_str(), &next.temporary_password).await), "PASSWORD_CHANGE_REQUIRED");
    assert!(first_operator(&world).await.expect("looked").is_none());
}

#[tokio::test]
async fn two_starts_at_the_same_moment_make_one_operator() {
    let world = World::empty().await;
    let (one, other) = tokio::join!(first_operator(&world), first_operator(&world));
    let made = [one.expect("looked"), other.expect("looked")];
    assert_eq!(made.iter().flatten().count(), 1);
}

#[tokio::test]
async fn a_seeded_person_signs_in_at_once_and_is_made_once() {
    let world = World::empty().await;
    let coordinator = right(Role::PlacingCoordinator, Level::Regular, ScopeKind::Program, PROGRAM);
    let anna = SeedAccount {
        person: Uuid::from_u128(0x90).into(),
        agency: Some(SCHOOL.into()),
        card: card("Anna", "Roy"),
        account: Some((Login::parse("aroy").expect("a login"), world.hash(PASSWORD).await)),
        rights: vec![coordinator],
    };
    assert!(seed(&world, &anna).await.expect("made"));
    assert!(!seed(&world, &anna).await.expect("there already"));
    assert_eq!(world.events_of(Uuid::from_u128(0x90)).await, 1);
    world.sign_in("aroy", PASSWORD).await.expect("let in");

    let namesake = SeedAccount { person: Uuid::from_u128(0x91).into(), ..anna.clone() };
    assert_eq!(seed(&world, &namesake).await.expect_err("taken").reason(), "LOGIN_TAKEN");
    let lost = SeedAccount {
        person: Uuid::from_u128(0x92).into(),
        account: None,
        rights: vec![right(Role::PlacingCoordinator, Level::Regular, ScopeKind::Site, PROGRAM)],
        ..anna
    };
    assert_eq!(seed(&world, &lost).await.expect_err("no such right").reason(), "INVALID_FIELDS");
}
