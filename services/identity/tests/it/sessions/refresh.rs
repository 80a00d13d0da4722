//! Refresh tokens: rotation, reuse, time, roles.

use futures::future::join_all;
use identity::config::Config;
use jiff::SignedDuration;
use proto::identity::v1::{
    DeleteGrantRequest, GetMeRequest, RefreshSessionRequest, Role, SetAccountEnabledRequest, SignOutRequest,
    SwitchRoleRequest, SwitchRoleResponse, Tokens, session_service_client::SessionServiceClient,
};
use tonic::Status;

use crate::world::{MARIE, PASSWORD, World, cheap, fault, faults, operator, reason, school_admin};

async fn refresh(world: &World, token: &str) -> Result<Tokens, Status> {
    let request = RefreshSessionRequest { refresh_token: token.to_owned() };
    Ok(world.sessions().refresh_session(request).await?.into_inner().tokens.expect("tokens"))
}

async fn switch(world: &World, token: &str, role: Role) -> Result<SwitchRoleResponse, Status> {
    let request = SwitchRoleRequest { refresh_token: token.to_owned(), role: role.into() };
    Ok(world.sessions().switch_role(request).await?.into_inner())
}

fn minutes(count: i64) -> SignedDuration {
    SignedDuration::from_mins(count)
}

#[tokio::test]
async fn each_refresh_gives_the_next_tokens() {
    let world = World::new().await;
    let mut token = world.tokens("mtremblay").await.refresh_token;
    for _ in 0..4 {
        world.pass(minutes(10));
        let next = refresh(&world, &token).await.expect("refreshed");
        assert_ne!(next.refresh_token, token);
        let mut mine = SessionServiceClient::new(world.running.with_token(next.access_token));
        mine.get_me(GetMeRequest {}).await.expect("signed in");
        token = next.refresh_token;
    }
}

#[tokio::test]
async fn a_token_that_comes_back_ends_the_whole_session() {
    let world = World::new().await;
    let first = world.tokens("mtremblay").await.refresh_token;
    let other_session = world.tokens("mtremblay").await.refresh_token;
    world.pass(minutes(9));
    let second = refresh(&world, &first).await.expect("refreshed").refresh_token;
    world.pass(minutes(9));
    assert_eq!(reason(refresh(&world, &first).await), "SESSION_ENDED");
    assert_eq!(reason(refresh(&world, &second).await), "SESSION_ENDED");
    refresh(&world, &other_session).await.expect("another sign-in is not concerned");
}

#[tokio::test]
async fn refreshes_at_the_same_moment_all_get_tokens_of_one_session() {
    let world = World::new().await;
    let token = world.tokens("mtremblay").await.refresh_token;
    let answers = join_all((0..6).map(|_| refresh(&world, &token))).await;
    let next: Vec<_> = answers.into_iter().map(|answer| answer.expect("refreshed").refresh_token).collect();
    world.pass(minutes(9));
    refresh(&world, &next[0]).await.expect("refreshed");
    world.pass(minutes(1));
    assert_eq!(reason(refresh(&world, &next[1]).await), "SESSION_ENDED", "two holders are found out");
}

#[tokio::test]
async fn without_grace_one_of_two_refreshes_wins_and_the_session_ends() {
    let world = World::with(Config { refresh_grace_seconds: 0, ..cheap() }).await;
    let token = world.tokens("mtremblay").await.refresh_token;
    let answers = join_all((0..6).map(|_| refresh(&world, &token))).await;
    let won: Vec<_> = answers.into_iter().filter_map(Result::ok).collect();
    assert_eq!(won.len(), 1);
    assert_eq!(reason(refresh(&world, &won[0].refresh_token).await), "SESSION_ENDED");
}

#[tokio::test]
async fn half_an_hour_of_silence_ends_a_session() {
    let world = World::new().await;
    let token = world.tokens("mtremblay").await.refresh_token;
    world.pass(minutes(29));
    let token = refresh(&world, &token).await.expect("in time").refresh_token;
    world.pass(minutes(30));
    assert_eq!(reason(refresh(&world, &token).await), "SESSION_EXPIRED");
    assert_eq!(reason(refresh(&world, &token).await), "SESSION_ENDED");
}

#[tokio::test]
async fn no_session_outlives_half_a_day() {
    let world = World::new().await;
    let mut tokens = world.tokens("mtremblay").await;
    let end = world.running.host.env.now().as_second() + 12 * 3600;
    for _ in 0..35 {
        world.pass(minutes(20));
        tokens = refresh(&world, &tokens.refresh_token).await.expect("in time");
    }
    assert_eq!(tokens.refresh_expires_at.expect("a time").seconds, end);
    world.pass(minutes(15));
    tokens = refresh(&world, &tokens.refresh_token).await.expect("in time");
    assert_eq!(tokens.access_expires_at.expect("a time").seconds, end, "no access beyond the session");
    world.pass(minutes(5));
    assert_eq!(reason(refresh(&world, &tokens.refresh_token).await), "SESSION_EXPIRED");
}

#[tokio::test]
async fn signing_out_ends_the_session_and_tells_nothing_of_unknown_tokens() {
    let world = World::new().await;
    let token = world.tokens("mtremblay").await.refresh_token;
    let sign_out = |refresh_token: &str| SignOutRequest { refresh_token: refresh_token.to_owned() };
    for known_or_not in [token.as_str(), token.as_str(), "no token of ours"] {
        world.sessions().sign_out(sign_out(known_or_not)).await.expect("answered alike");
    }
    assert_eq!(reason(refresh(&world, &token).await), "SESSION_ENDED");
    assert_eq!(faults(world.sessions().sign_out(sign_out("")).await), [fault("refresh_token", "REQUIRED")]);
}

#[tokio::test]
async fn tokens_that_are_none_of_ours_are_refused() {
    let world = World::new().await;
    assert_eq!(reason(refresh(&world, "no token of ours").await), "SESSION_ENDED");
    assert_eq!(faults(refresh(&world, "").await), [fault("refresh_token", "REQUIRED")]);
    assert_eq!(faults(refresh(&world, &"x".repeat(5000)).await), [fault("refresh_token", "TOO_LONG")]);
}

#[tokio::test]
async fn another_role_brings_its_own_grants_and_stays_for_the_session() {
    let world = World::new().await;
    let token = world.tokens("mtremblay").await.refresh_token;
    let switched = switch(&world, &token, Role::Instructor).await.expect("switched");
    let (tokens, me) = (switched.tokens.expect("tokens"), switched.me.expect("me"));
    assert_eq!(me.active_role(), Role::Instructor);
    assert!(me.grants.iter().all(|grant| grant.role() == Role::Instructor));
    let tokens = refresh(&world, &tokens.refresh_token).await.expect("refreshed");
    let mut mine = SessionServiceClient::new(world.running.with_token(tokens.access_token));
    let me = mine.get_me(GetMeRequest {}).await.expect("signed in").into_inner().me.expect("me");
    assert_eq!(me.active_role(), Role::Instructor);
    let fresh = world.sign_in("mtremblay", PASSWORD).await.expect("let in").me.expect("me");
    assert_eq!(fresh.active_role(), Role::PlacingCoordinator, "another session is not concerned");
}

#[tokio::test]
async fn a_role_that_is_not_held_is_refused_and_the_token_stays_good() {
    let world = World::new().await;
    let token = world.tokens("mtremblay").await.refresh_token;
    assert_eq!(reason(switch(&world, &token, Role::Operator).await), "ROLE_NOT_HELD");
    assert_eq!(faults(switch(&world, &token, Role::Unspecified).await), [fault("role", "REQUIRED")]);
    world.pass(minutes(9));
    switch(&world, &token, Role::Instructor).await.expect("the token was not used up");
}

#[tokio::test]
async fn rights_are_read_anew_at_each_refresh() {
    let world = World::new().await;
    let signed_in = world.sign_in("mtremblay", PASSWORD).await.expect("let in");
    let grant = signed_in.me.expect("me").grants[0].id.clone();
    let request = DeleteGrantRequest { person_id: MARIE.to_string(), grant_id: grant };
    world.accounts(&school_admin()).delete_grant(request).await.expect("taken");
    let tokens = refresh(&world, &signed_in.tokens.expect("tokens").refresh_token).await.expect("refreshed");
    let mut mine = SessionServiceClient::new(world.running.with_token(tokens.access_token));
    let me = mine.get_me(GetMeRequest {}).await.expect("signed in").into_inner().me.expect("me");
    assert_eq!(me.active_role(), Role::Instructor, "the role that is left");

    let request = DeleteGrantRequest { person_id: MARIE.to_string(), grant_id: me.grants[0].id.clone() };
    world.accounts(&operator()).delete_grant(request).await.expect("taken");
    assert_eq!(reason(refresh(&world, &tokens.refresh_token).await), "SESSION_ENDED", "no role is left");
}

#[tokio::test]
async fn disabling_ends_the_sessions_and_guessing_does_not() {
    let world = World::new().await;
    let token = world.tokens("mtremblay").await.refresh_token;
    for _ in 0..4 {
        reason(world.sign_in("mtremblay", "Wrong-Horse-99").await);
    }
    let token = refresh(&world, &token).await.expect("somebody else's guesses throw nobody out").refresh_token;
    let request = SetAccountEnabledRequest { person_id: MARIE.to_string(), enabled: false };
    world.accounts(&school_admin()).set_account_enabled(request).await.expect("disabled");
    assert_eq!(reason(refresh(&world, &token).await), "SESSION_ENDED");
}
