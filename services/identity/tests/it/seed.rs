//! The first operator, and people who are there from the beginning.

use chassis::Failure;
use directory::model::{Level, Role, ScopeKind};
use identity::{
    accounts::{Login, Passwords},
    seed::{Bootstrap, FirstOperator, ResetOperator, SeedAccount},
};
use jiff::SignedDuration;
use proto::identity::v1::{
    AccountState, ChangePasswordRequest, RefreshSessionRequest, Role as WireRole, SetAccountEnabledRequest,
    UpdatePersonRequest,
};
use uuid::Uuid;

use crate::world::{PASSWORD, PROGRAM, SCHOOL, World, card, cheap, operator, reason, right, wait};

async fn first_operator(world: &World) -> Result<Option<FirstOperator>, Failure> {
    let bootstrap = Bootstrap {
        passwords: Passwords::new(&cheap().argon2).expect("within bounds"),
        temporary_life: cheap().temporary_password_life(),
        card: card("Tandem", "Operator"),
    };
    let host = &world.running.host;
    host.db.write(&bootstrap, &host.env).await
}

async fn reset_operator(world: &World, login: &str) -> Result<FirstOperator, Failure> {
    let passwords = Passwords::new(&cheap().argon2).expect("within bounds");
    let host = &world.running.host;
    host.db.write(&ResetOperator { login: login.to_owned(), passwords }, &host.env).await
}

/// The first operator, who has chosen a password; what refreshes the session.
async fn settled_operator(world: &World) -> (FirstOperator, String) {
    let operator = first_operator(world).await.expect("made").expect("the first");
    let change = ChangePasswordRequest {
        login: operator.login.to_string(),
        password: operator.temporary_password.clone(),
        new_password: PASSWORD.to_owned(),
    };
    let changed = world.sessions().change_password(change).await.expect("changed").into_inner();
    (operator, changed.tokens.expect("tokens").refresh_token)
}

async fn switch_off(world: &World, person: Uuid) {
    let off = SetAccountEnabledRequest { person_id: person.to_string(), enabled: false };
    world.accounts(&operator()).set_account_enabled(off).await.expect("off");
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
async fn a_province_none_of_whose_operators_can_sign_in_gets_another() {
    let lock = "UPDATE account SET state = 'LOCKED', locked_at = now(), password_hash = NULL, password_set_at = NULL,
                                   password_temporary = NULL";
    for hindrance in ["locked by a version before", "switched off", "archived"] {
        let world = World::empty().await;
        let (first, _) = settled_operator(&world).await;
        assert!(first_operator(&world).await.expect("looked").is_none(), "one can sign in");
        match hindrance {
            "switched off" => switch_off(&world, first.person.uuid()).await,
            "archived" => {
                let person = proto::identity::v1::Person { id: first.person.to_string(), ..Default::default() };
                let update_mask = Some(prost_types::FieldMask { paths: vec!["active".into()] });
                let request = UpdatePersonRequest { person: Some(person), update_mask };
                world.people(&operator()).update_person(request).await.expect("archived");
            }
            _ => drop(sqlx::query(lock).execute(&world.running.db).await.expect("locked")),
        }
        let another = first_operator(&world).await.expect("made").expect(hindrance);
        assert_ne!(another.person, first.person);
        assert!(first_operator(&world).await.expect("looked").is_none(), "{hindrance}");
    }
}

#[tokio::test]
async fn guesses_make_no_operator_unusable() {
    let world = World::empty().await;
    let (operator, _) = settled_operator(&world).await;
    for _ in 0..4 {
        world.sign_in(operator.login.as_str(), "Wrong-Horse-99").await.expect_err("wrong");
    }
    assert!(first_operator(&world).await.expect("looked").is_none(), "the delay ends by itself");
}

#[tokio::test]
async fn an_operator_is_reset_on_the_machine_whatever_stands_in_the_way() {
    let world = World::empty().await;
    let (operator, session) = settled_operator(&world).await;
    let login = operator.login.as_str();
    for _ in 0..4 {
        world.sign_in(login, "Wrong-Horse-99").await.expect_err("wrong");
    }
    assert_eq!(wait(world.sign_in(login, PASSWORD).await), 60);
    let reset = reset_operator(&world, &login.to_uppercase()).await.expect("reset");
    assert_eq!((reset.person, &reset.login), (operator.person, &operator.login));
    assert_eq!(reason(world.sign_in(login, PASSWORD).await), "SIGN_IN_REFUSED", "the old one is gone");
    assert_eq!(reason(world.sign_in(login, &reset.temporary_password).await), "PASSWORD_CHANGE_REQUIRED");
    let refresh = RefreshSessionRequest { refresh_token: session };
    assert_eq!(reason(world.sessions().refresh_session(refresh).await), "SESSION_ENDED");
    assert_eq!(world.last_event(operator.person.uuid()).await.account_state(), AccountState::Invited);
    let noted = "access_audit WHERE what = 'PASSWORD_RESET' AND detail = 'MACHINE' AND actor_id IS NULL";
    assert_eq!(world.count(noted).await, 1);

    switch_off(&world, operator.person.uuid()).await;
    let again = reset_operator(&world, login).await.expect("reset");
    assert_eq!(reason(world.sign_in(login, &again.temporary_password).await), "PASSWORD_CHANGE_REQUIRED");
}

#[tokio::test]
async fn only_operators_are_reset_on_the_machine_and_their_logins_are_told() {
    let world = World::new().await;
    let (operator, _) = settled_operator(&world).await;
    for login in ["mtremblay", "nobody", "no login"] {
        let refused = reset_operator(&world, login).await.map(drop).expect_err("no operator");
        assert_eq!(refused.reason(), "NOT_FOUND");
        assert!(refused.chain().ends_with(operator.login.as_str()), "{}", refused.chain());
    }
    world.tokens("mtremblay").await;
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
