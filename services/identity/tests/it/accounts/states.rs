//! Accounts: opening, switching, resetting.

use proto::identity::v1::{
    Account, AccountState, CreateAccountRequest, CreateAccountResponse, GetAccountRequest, ResetPasswordRequest,
    SetAccountEnabledRequest, UpdatePersonRequest,
};
use testkit::service::User;
use tonic::Status;
use uuid::Uuid;

use crate::world::{
    JEAN, MARIE, OPERATOR, PASSWORD, SCHOOL, SCHOOL_ADMIN, World, fault, faults, host_admin, operator,
    other_host_admin, other_school_admin, program_admin, reason, school_admin, site_admin,
};

const NADIA: Uuid = Uuid::from_u128(0x77);

async fn with_nadia() -> World {
    let world = World::new().await;
    world.seed(NADIA, Some(SCHOOL), ("Mélanie", "Tremblay"), None, Vec::new()).await;
    world
}

async fn open(world: &World, user: &User, person: Uuid, login: &str) -> Result<CreateAccountResponse, Status> {
    let request =
        CreateAccountRequest { person_id: person.to_string(), login: login.into(), request_id: String::new() };
    Ok(world.accounts(user).create_account(request).await?.into_inner())
}

async fn switch(world: &World, user: &User, person: Uuid, enabled: bool) -> Result<Account, Status> {
    let request = SetAccountEnabledRequest { person_id: person.to_string(), enabled };
    Ok(world.accounts(user).set_account_enabled(request).await?.into_inner().account.expect("an account"))
}

async fn look(world: &World, user: &User, person: Uuid) -> Result<Account, Status> {
    let request = GetAccountRequest { person_id: person.to_string() };
    Ok(world.accounts(user).get_account(request).await?.into_inner().account.expect("an account"))
}

async fn reset(world: &World, user: &User, person: Uuid) -> Result<String, Status> {
    let request = ResetPasswordRequest { person_id: person.to_string() };
    Ok(world.accounts(user).reset_password(request).await?.into_inner().temporary_password)
}

#[tokio::test]
async fn a_login_is_made_of_the_name_with_a_number_on_a_clash() {
    let world = with_nadia().await;
    let made = open(&world, &school_admin(), NADIA, "").await.expect("made").account.expect("an account");
    let expected = Account {
        person_id: NADIA.to_string(),
        login: "mtremblay2".into(),
        state: AccountState::Invited.into(),
        last_sign_in_at: None,
        alerts_accepted: true,
    };
    assert_eq!(made, expected);
    assert_eq!(look(&world, &school_admin(), NADIA).await.expect("there"), expected);
    let event = world.last_event(NADIA).await;
    assert_eq!((event.account_state(), event.alerts_accepted), (AccountState::Invited, true));
    assert_eq!(reason(open(&world, &school_admin(), NADIA, "").await), "ACCOUNT_EXISTS");
}

#[tokio::test]
async fn accounts_of_one_name_made_at_the_same_moment_get_different_logins() {
    let world = World::new().await;
    let people = [0x80_u128, 0x81, 0x82, 0x83].map(Uuid::from_u128);
    for person in people {
        world.seed(person, Some(SCHOOL), ("Luc", "Gagnon"), None, Vec::new()).await;
    }
    let admin = school_admin();
    let made = futures::future::join_all(people.map(|person| open(&world, &admin, person, ""))).await;
    let mut logins: Vec<_> = made.into_iter().map(|made| made.expect("made").account.expect("one").login).collect();
    logins.sort();
    assert_eq!(logins, ["lgagnon", "lgagnon2", "lgagnon3", "lgagnon4"]);
}

#[tokio::test]
async fn a_login_that_is_given_must_be_free_and_well_formed() {
    let world = with_nadia().await;
    assert_eq!(reason(open(&world, &school_admin(), NADIA, "MTremblay").await), "LOGIN_TAKEN");
    assert_eq!(faults(open(&world, &school_admin(), NADIA, "m t").await), [fault("login", "MALFORMED_LOGIN")]);
    let made = open(&world, &school_admin(), NADIA, "Melanie.T").await.expect("made");
    assert_eq!(made.account.expect("an account").login, "melanie.t");
}

#[tokio::test]
async fn a_repeated_call_makes_one_account_and_tells_no_password() {
    let world = with_nadia().await;
    let request = CreateAccountRequest {
        person_id: NADIA.to_string(),
        login: String::new(),
        request_id: Uuid::from_u128(0xfeed).to_string(),
    };
    let mut accounts = world.accounts(&school_admin());
    let first = accounts.create_account(request.clone()).await.expect("made").into_inner();
    let again = accounts.create_account(request).await.expect("answered").into_inner();
    assert!(!first.temporary_password.is_empty());
    assert_eq!(again, CreateAccountResponse { temporary_password: String::new(), ..first.clone() });
    let login = first.account.expect("an account").login;
    assert_eq!(reason(world.sign_in(&login, &first.temporary_password).await), "PASSWORD_CHANGE_REQUIRED");
    let stored: Vec<Vec<u8>> =
        sqlx::query_scalar("SELECT response FROM idempotent_call").fetch_all(&world.running.db).await.expect("rows");
    let holds = |bytes: &Vec<u8>| String::from_utf8_lossy(bytes).contains(&first.temporary_password);
    assert!(!stored.is_empty() && !stored.iter().any(holds), "the password is not stored");
}

#[tokio::test]
async fn of_the_same_call_made_at_the_same_moment_one_tells_the_password_that_holds() {
    let world = with_nadia().await;
    let key = Uuid::from_u128(0xfeed).to_string();
    let calls = (0..4).map(|_| {
        let request =
            CreateAccountRequest { person_id: NADIA.to_string(), login: String::new(), request_id: key.clone() };
        let mut accounts = world.accounts(&school_admin());
        async move { accounts.create_account(request).await.expect("answered").into_inner() }
    });
    let told = futures::future::join_all(calls).await.into_iter().map(|answer| answer.temporary_password);
    let told: Vec<_> = told.filter(|password| !password.is_empty()).collect();
    let [password] = told.as_slice() else { panic!("{} passwords were told", told.len()) };
    assert_eq!(reason(world.sign_in("mtremblay2", password).await), "PASSWORD_CHANGE_REQUIRED");
}

#[tokio::test]
async fn a_switched_off_account_is_as_it_was_when_it_is_switched_on_again() {
    let world = World::new().await;
    let off = switch(&world, &school_admin(), MARIE, false).await.expect("off");
    assert_eq!((off.state(), off.alerts_accepted), (AccountState::Disabled, false));
    let before = world.events_of(MARIE).await;
    assert_eq!(switch(&world, &school_admin(), MARIE, false).await.expect("still off"), off);
    assert_eq!(world.events_of(MARIE).await, before, "nothing changed");
    let refused = reset(&world, &school_admin(), MARIE).await.expect_err("switched off");
    assert!(refused.message().starts_with("Le compte est désactivé"), "{refused:?}");
    assert_eq!(reason(Err::<(), _>(refused)), "INVALID_TRANSITION");
    let on = switch(&world, &school_admin(), MARIE, true).await.expect("on");
    assert_eq!((on.state(), on.alerts_accepted), (AccountState::Active, true));
    world.sign_in("mtremblay", PASSWORD).await.expect("let in");
    let seen = look(&world, &school_admin(), MARIE).await.expect("there").last_sign_in_at.expect("a time");
    assert_eq!(seen.seconds, world.running.host.env.now().as_second());
}

#[tokio::test]
async fn the_archived_get_no_account_and_are_not_switched_on() {
    let world = with_nadia().await;
    for person in [NADIA, MARIE] {
        let person = proto::identity::v1::Person { id: person.to_string(), ..Default::default() };
        let update_mask = Some(prost_types::FieldMask { paths: vec!["active".into()] });
        let request = UpdatePersonRequest { person: Some(person), update_mask };
        world.people(&school_admin()).update_person(request).await.expect("archived");
    }
    assert_eq!(reason(open(&world, &school_admin(), NADIA, "").await), "PERSON_ARCHIVED");
    assert_eq!(reason(switch(&world, &school_admin(), MARIE, true).await), "PERSON_ARCHIVED");
}

#[tokio::test]
async fn people_without_account_have_none_to_look_at_or_change() {
    let world = with_nadia().await;
    assert_eq!(reason(look(&world, &school_admin(), NADIA).await), "NO_ACCOUNT");
    assert_eq!(reason(switch(&world, &school_admin(), NADIA, true).await), "NO_ACCOUNT");
    assert_eq!(reason(reset(&world, &school_admin(), NADIA).await), "NO_ACCOUNT");
}

#[tokio::test]
async fn people_of_other_agencies_do_not_exist_for_a_local_administrator() {
    let world = with_nadia().await;
    for (stranger, person) in
        [(other_school_admin(), MARIE), (host_admin(), MARIE), (other_host_admin(), JEAN), (school_admin(), OPERATOR)]
    {
        assert_eq!(reason(look(&world, &stranger, person).await), "NOT_FOUND");
        assert_eq!(reason(switch(&world, &stranger, person, false).await), "NOT_FOUND");
        assert_eq!(reason(reset(&world, &stranger, person).await), "NOT_FOUND");
    }
    assert_eq!(reason(open(&world, &other_school_admin(), NADIA, "").await), "NOT_FOUND");
    let unknown = Uuid::from_u128(0xffff);
    assert_eq!(reason(look(&world, &operator(), unknown).await), "NOT_FOUND");
}

#[tokio::test]
async fn nobody_gets_wider_rights_by_resetting_the_password_of_somebody_who_has_them() {
    let world = World::new().await;
    assert_eq!(reason(reset(&world, &program_admin(), SCHOOL_ADMIN).await), "OUT_OF_SCOPE");
    assert_eq!(reason(switch(&world, &site_admin(), crate::world::HOST_ADMIN, false).await), "OUT_OF_SCOPE");
    reset(&world, &program_admin(), MARIE).await.expect("all of her rights lie within the program");
    reset(&world, &site_admin(), JEAN).await.expect("his service lies within the site");
    reset(&world, &operator(), MARIE).await.expect("the operator may");
}

#[tokio::test]
async fn malformed_ids_are_told_by_their_field() {
    let world = World::new().await;
    let mut accounts = world.accounts(&operator());
    let malformed = [fault("person_id", "MALFORMED_ID")];
    let person_id = || "x".to_owned();
    assert_eq!(faults(accounts.get_account(GetAccountRequest { person_id: person_id() }).await), malformed);
    let request = SetAccountEnabledRequest { person_id: person_id(), enabled: true };
    assert_eq!(faults(accounts.set_account_enabled(request).await), malformed);
    assert_eq!(faults(accounts.reset_password(ResetPasswordRequest { person_id: person_id() }).await), malformed);
    let request = CreateAccountRequest { person_id: person_id(), ..CreateAccountRequest::default() };
    assert_eq!(faults(accounts.create_account(request).await), malformed);
}
