//! Signing in.

use jiff::SignedDuration;
use proto::identity::v1::{GetMeRequest, Role, SetAccountEnabledRequest, session_service_client::SessionServiceClient};
use uuid::Uuid;

use crate::world::{MARIE, PASSWORD, SCHOOL, World, fault, faults, reason, school_admin};

#[tokio::test]
async fn the_right_password_gives_tokens_that_are_accepted() {
    let world = World::new().await;
    let answer = world.sign_in("mtremblay", PASSWORD).await.expect("let in");
    let (tokens, me) = (answer.tokens.expect("tokens"), answer.me.expect("me"));
    let person = me.person.clone().expect("a person");
    assert_eq!((person.id, person.last_name.as_str()), (MARIE.to_string(), "Tremblay"));
    assert_eq!(me.active_role(), Role::PlacingCoordinator);
    assert_eq!(me.roles().collect::<Vec<_>>(), [Role::PlacingCoordinator, Role::Instructor]);
    assert_eq!(me.grants.len(), 1, "the grants of the active role alone");
    let now = world.running.host.env.now().as_second();
    assert_eq!(tokens.access_expires_at.expect("a time").seconds, now + 600);
    assert_eq!(tokens.refresh_expires_at.expect("a time").seconds, now + 1800);

    let mut mine = SessionServiceClient::new(world.running.with_token(tokens.access_token));
    let seen = mine.get_me(GetMeRequest {}).await.expect("signed in").into_inner().me.expect("me");
    assert_eq!(seen, me);
    world.pass(SignedDuration::from_secs(600));
    assert_eq!(reason(mine.get_me(GetMeRequest {}).await), "TOKEN_EXPIRED");
}

#[tokio::test]
async fn case_and_spaces_around_a_login_do_not_count() {
    let world = World::new().await;
    world.sign_in(" MTremblay ", PASSWORD).await.expect("let in");
    assert_eq!(reason(world.sign_in("mtremblay", &PASSWORD.to_lowercase()).await), "SIGN_IN_REFUSED");
}

#[tokio::test]
async fn that_an_account_is_disabled_is_told_to_its_owner_alone() {
    let world = World::new().await;
    let request = SetAccountEnabledRequest { person_id: MARIE.to_string(), enabled: false };
    world.accounts(&school_admin()).set_account_enabled(request).await.expect("disabled");
    assert_eq!(reason(world.sign_in("mtremblay", "Wrong-Horse-99").await), "SIGN_IN_REFUSED");
    assert_eq!(reason(world.sign_in("mtremblay", PASSWORD).await), "ACCOUNT_DISABLED");
}

#[tokio::test]
async fn a_password_older_than_ninety_days_must_be_changed() {
    let world = World::new().await;
    world.pass(SignedDuration::from_hours(24 * 90));
    assert_eq!(reason(world.sign_in("mtremblay", PASSWORD).await), "PASSWORD_CHANGE_REQUIRED");
    assert_eq!(reason(world.sign_in("mtremblay", "Wrong-Horse-99").await), "SIGN_IN_REFUSED");
}

#[tokio::test]
async fn somebody_without_a_role_is_not_let_in() {
    let world = World::new().await;
    world.seed(Uuid::from_u128(0x77), Some(SCHOOL), ("Nadia", "Nouvelle"), Some("nnouvelle"), Vec::new()).await;
    assert_eq!(reason(world.sign_in("nnouvelle", PASSWORD).await), "NO_ROLE");
}

#[tokio::test]
async fn missing_or_endless_input_is_told_by_its_field() {
    let world = World::new().await;
    assert_eq!(faults(world.sign_in("", " ").await), [fault("login", "REQUIRED"), fault("password", "REQUIRED")]);
    let endless = "a".repeat(2000);
    assert_eq!(
        faults(world.sign_in(&endless, &endless).await),
        [fault("login", "TOO_LONG"), fault("password", "TOO_LONG")]
    );
}

#[tokio::test]
async fn the_refusal_is_told_in_the_language_that_is_asked_for() {
    let world = World::new().await;
    let mut request = tonic::Request::new(proto::identity::v1::SignInRequest {
        login: "mtremblay".into(),
        password: "Wrong-Horse-99".into(),
    });
    let french = world.sign_in("mtremblay", "Wrong-Horse-99").await.expect_err("refused");
    assert!(french.message().starts_with("L’identifiant ou le mot de passe"), "{french:?}");
    request.metadata_mut().insert("accept-language", "en-CA".parse().expect("a header"));
    let english = world.sessions().sign_in(request).await.expect_err("refused");
    assert!(english.message().starts_with("Login or password is wrong"), "{english:?}");
}
