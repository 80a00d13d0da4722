//! Temporary passwords, and their replacement.

use jiff::SignedDuration;
use proto::identity::v1::{
    AccountState, ChangePasswordRequest, ChangePasswordResponse, CreateAccountRequest, CreateGrantRequest, Grant,
    Level, RefreshSessionRequest, ResetPasswordRequest, Role, ScopeKind,
};
use tonic::Status;
use uuid::Uuid;

use crate::world::{HOME, MARIE, PASSWORD, PROGRAM, SCHOOL, World, fault, faults, reason, school_admin, wait};

const NEW: &str = "Battery-Staple-7";

async fn change(world: &World, login: &str, old: &str, new: &str) -> Result<ChangePasswordResponse, Status> {
    let request = ChangePasswordRequest { login: login.into(), password: old.into(), new_password: new.into() };
    let request = world.from(HOME, request);
    Ok(world.sessions().change_password(request).await?.into_inner())
}

#[tokio::test]
async fn a_new_account_is_used_once_its_temporary_password_is_replaced() {
    let world = World::new().await;
    let nadia = Uuid::from_u128(0x77);
    world.seed(nadia, Some(SCHOOL), ("Nadia", "Nouvelle"), None, Vec::new()).await;
    let mut accounts = world.accounts(&school_admin());
    let request = CreateAccountRequest { person_id: nadia.to_string(), ..CreateAccountRequest::default() };
    let made = accounts.create_account(request).await.expect("made").into_inner();
    let (login, temporary) = (made.account.expect("an account").login, made.temporary_password);
    assert_eq!(login, "nnouvelle");
    let grant = Grant {
        role: Role::PlacingCoordinator.into(),
        level: Level::Regular.into(),
        scope_kind: ScopeKind::Program.into(),
        scope_id: PROGRAM.to_string(),
        ..Grant::default()
    };
    let request = CreateGrantRequest { person_id: nadia.to_string(), grant: Some(grant), request_id: String::new() };
    accounts.create_grant(request).await.expect("given");
    assert_eq!(world.last_event(nadia).await.account_state(), AccountState::Invited);

    assert_eq!(reason(world.sign_in(&login, &temporary).await), "PASSWORD_CHANGE_REQUIRED");
    let changed = change(&world, &login, &temporary, NEW).await.expect("changed");
    assert_eq!(changed.me.expect("me").active_role(), Role::PlacingCoordinator);
    assert_eq!(world.last_event(nadia).await.account_state(), AccountState::Active);
    assert_eq!(reason(world.sign_in(&login, &temporary).await), "SIGN_IN_REFUSED");
    world.sign_in(&login, NEW).await.expect("let in");
}

#[tokio::test]
async fn a_change_ends_the_other_sessions_and_begins_a_new_one() {
    let world = World::new().await;
    let old = world.tokens("mtremblay").await;
    let changed = change(&world, "MTremblay", PASSWORD, NEW).await.expect("changed");
    let refresh = |refresh_token| RefreshSessionRequest { refresh_token };
    assert_eq!(reason(world.sessions().refresh_session(refresh(old.refresh_token)).await), "SESSION_ENDED");
    let new = changed.tokens.expect("tokens").refresh_token;
    world.sessions().refresh_session(refresh(new)).await.expect("the new session lives");
}

#[tokio::test]
async fn every_broken_rule_is_told_and_costs_no_try() {
    let world = World::new().await;
    for _ in 0..5 {
        assert_eq!(
            faults(change(&world, "mtremblay", PASSWORD, "mtremblay").await),
            [
                fault("new_password", "PASSWORD_TOO_SHORT"),
                fault("new_password", "PASSWORD_WITHOUT_UPPER_CASE"),
                fault("new_password", "PASSWORD_WITHOUT_DIGIT"),
                fault("new_password", "PASSWORD_WITHOUT_SYMBOL"),
                fault("new_password", "PASSWORD_CONTAINS_LOGIN"),
            ]
        );
    }
    let long = "é".repeat(129);
    for (new, cause) in [
        (PASSWORD, &["PASSWORD_UNCHANGED"][..]),
        ("BATTERY-STAPLE-7", &["PASSWORD_WITHOUT_LOWER_CASE"]),
        ("Battery\u{1}Staple-7", &["CONTROL_CHARACTER"]),
        ("", &["REQUIRED"]),
        (
            &long,
            &["PASSWORD_TOO_LONG", "PASSWORD_WITHOUT_UPPER_CASE", "PASSWORD_WITHOUT_DIGIT", "PASSWORD_WITHOUT_SYMBOL"],
        ),
    ] {
        let expected: Vec<_> = cause.iter().map(|cause| fault("new_password", cause)).collect();
        assert_eq!(faults(change(&world, "mtremblay", PASSWORD, new).await), expected, "{new}");
    }
    world.sign_in("mtremblay", PASSWORD).await.expect("nothing was counted");
}

#[tokio::test]
async fn the_old_password_is_guessed_no_more_often_here_than_at_sign_in() {
    let world = World::new().await;
    for _ in 0..3 {
        assert_eq!(reason(change(&world, "mtremblay", "Wrong-Horse-99", NEW).await), "SIGN_IN_REFUSED");
    }
    assert_eq!(wait(change(&world, "mtremblay", "Wrong-Horse-99", NEW).await), 60);
    assert_eq!(wait(change(&world, "mtremblay", PASSWORD, NEW).await), 60);
    assert_eq!(wait(world.sign_in("mtremblay", PASSWORD).await), 60);
    assert_eq!(reason(change(&world, "nobody", PASSWORD, NEW).await), "SIGN_IN_REFUSED");
}

#[tokio::test]
async fn a_reset_ends_delays_and_sessions_and_asks_for_a_new_password() {
    let world = World::new().await;
    let session = world.tokens("mtremblay").await;
    for _ in 0..4 {
        reason(world.sign_in("mtremblay", "Wrong-Horse-99").await);
    }
    let request = ResetPasswordRequest { person_id: MARIE.to_string() };
    let reset = world.accounts(&school_admin()).reset_password(request).await.expect("reset").into_inner();
    assert_eq!(world.last_event(MARIE).await.account_state(), AccountState::Invited);
    assert_eq!(reason(world.sign_in("mtremblay", PASSWORD).await), "SIGN_IN_REFUSED");
    assert_eq!(reason(world.sign_in("mtremblay", &reset.temporary_password).await), "PASSWORD_CHANGE_REQUIRED");
    let refresh = RefreshSessionRequest { refresh_token: session.refresh_token };
    assert_eq!(reason(world.sessions().refresh_session(refresh).await), "SESSION_ENDED");
    change(&world, "mtremblay", &reset.temporary_password, NEW).await.expect("changed");
}

#[tokio::test]
async fn a_temporary_password_holds_for_seven_days() {
    let world = World::new().await;
    let request = || ResetPasswordRequest { person_id: MARIE.to_string() };
    let reset = world.accounts(&school_admin()).reset_password(request()).await.expect("reset").into_inner();
    let temporary = reset.temporary_password.as_str();
    world.running.clock.advance(SignedDuration::from_hours(7 * 24) - SignedDuration::from_secs(1));
    assert_eq!(reason(world.sign_in("mtremblay", temporary).await), "PASSWORD_CHANGE_REQUIRED");
    world.running.clock.advance(SignedDuration::from_secs(1));
    assert_eq!(reason(world.sign_in("mtremblay", temporary).await), "TEMPORARY_PASSWORD_EXPIRED");
    assert_eq!(reason(change(&world, "mtremblay", temporary, NEW).await), "TEMPORARY_PASSWORD_EXPIRED");
    assert_eq!(reason(world.sign_in("mtremblay", "Wrong-Horse-99").await), "SIGN_IN_REFUSED");

    let again = world.accounts(&school_admin()).reset_password(request()).await.expect("another").into_inner();
    change(&world, "mtremblay", &again.temporary_password, NEW).await.expect("changed");
}
