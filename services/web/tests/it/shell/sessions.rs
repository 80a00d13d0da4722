//! The secret in the cookie: what it opens, and when it ends.

use jiff::SignedDuration;
use proto::identity::v1::{GetMeResponse, RefreshSessionRequest, RefreshSessionResponse, Role, SignOutRequest, Tokens};
use tonic::Status;
use web::Config;

use crate::{
    data,
    world::{World, me, tokens},
};

const REFRESH: &str = "SessionService/RefreshSession";

#[tokio::test]
async fn whoever_is_not_signed_in_is_asked_to_and_comes_back() {
    let world = World::new().await;
    world.browser.get("/requests?state=sent").await.leads_to("/sign-in?next=%2Frequests%3Fstate%3Dsent");
    world.browser.get("/").await.leads_to("/sign-in");
    data::fill(&world.gateway);
    assert_eq!(world.sign_in(me(Role::PlacingCoordinator), "/requests?state=sent").await, "/requests?state=sent");
    world.browser.get("/requests").await.is(200);
}

#[tokio::test]
async fn signing_in_gives_a_fresh_secret() {
    let world = World::new().await;
    data::fill(&world.gateway);
    world.browser.get("/sign-in").await.is(200);
    let planted = world.browser.secret();
    world.sign_in(me(Role::PlacingCoordinator), "/").await;
    let own = world.browser.secret();
    assert!(!planted.is_empty() && planted != own);
    // Whoever planted the first one has nothing.
    world.browser.hold(&planted);
    world.browser.get("/requests").await.leads_to("/sign-in?next=%2Frequests");
    world.browser.hold(&own);
    world.browser.get("/requests").await.is(200);
}

#[tokio::test]
async fn cookies_are_kept_from_scripts_and_other_sites() {
    let world = World::new().await;
    let mut set = world.browser.get("/sign-in").await.set_cookies();
    set.extend(world.browser.get("/theme/dark?back=/").await.set_cookies());
    set.extend(world.browser.get("/language/en?back=/").await.set_cookies());
    assert_eq!(set.len(), 3, "{set:?}");
    for cookie in &set {
        for flag in ["; HttpOnly", "; SameSite=Lax", "; Path=/"] {
            assert!(cookie.contains(flag), "{cookie}");
        }
        assert!(!cookie.to_lowercase().contains("domain="), "{cookie}");
    }
}

#[tokio::test]
async fn behind_tls_cookies_are_bound_to_host_and_tls() {
    let world = World::configured(Config::default()).await;
    let set = world.browser.get("/sign-in").await.set_cookies();
    assert!(set.iter().any(|cookie| cookie.starts_with("__Host-tandem=")), "{set:?}");
    for cookie in &set {
        assert!(cookie.contains("; Secure") && !cookie.to_lowercase().contains("domain="), "{cookie}");
    }
}

#[tokio::test]
async fn signing_out_ends_the_session_here_and_at_identity() {
    let world = World::with(Role::PlacingCoordinator).await;
    let secret = world.browser.secret();
    let signed_out = world.browser.post("/sign-out", &[]).await;
    signed_out.leads_to("/sign-in");
    assert_eq!(signed_out.headers["clear-site-data"], "\"cache\"", "or Back shows what was there");
    let ended = world.gateway.asked::<SignOutRequest>("SessionService/SignOut");
    assert_eq!(ended.last().unwrap().refresh_token, "refresh");
    world.browser.hold(&secret);
    world.browser.get("/requests").await.leads_to("/sign-in?next=%2Frequests");
}

#[tokio::test]
async fn half_an_hour_of_silence_ends_a_session_and_less_does_not() {
    let world = World::with(Role::PlacingCoordinator).await;
    let fresh = RefreshSessionResponse { tokens: Some(tokens(36_000)) };
    world
        .gateway
        .answer(REFRESH, fresh)
        .answer("SessionService/GetMe", GetMeResponse { me: Some(me(Role::PlacingCoordinator)) });
    world.running.clock.advance(SignedDuration::from_mins(29));
    world.browser.get("/requests").await.is(200);
    world.running.clock.advance(SignedDuration::from_mins(31));
    world.browser.get("/requests").await.leads_to("/sign-in?next=%2Frequests");
}

#[tokio::test]
async fn a_page_that_refreshes_itself_keeps_nobody_signed_in() {
    let world = World::with(Role::PlacingCoordinator).await;
    world.gateway.answer(REFRESH, RefreshSessionResponse { tokens: Some(tokens(36_000)) });
    for _ in 0..2 {
        world.running.clock.advance(SignedDuration::from_mins(14));
        world.browser.get_in_background("/requests").await.is(200);
    }
    world.running.clock.advance(SignedDuration::from_mins(3));
    world.browser.get_in_background("/requests").await.is(401);
}

#[tokio::test]
async fn tokens_that_are_half_spent_are_exchanged_once() {
    let world = World::with(Role::PlacingCoordinator).await;
    world.gateway.answer(REFRESH, RefreshSessionResponse { tokens: Some(tokens(3600)) });
    world.running.clock.advance(SignedDuration::from_mins(6));
    world.browser.get("/requests").await.is(200);
    world.browser.get("/requests").await.is(200);
    assert_eq!(world.gateway.asked::<RefreshSessionRequest>(REFRESH).len(), 1);
}

#[tokio::test]
async fn tokens_that_were_exchanged_are_kept_though_nobody_tells_whose_they_are() {
    let world = World::with(Role::PlacingCoordinator).await;
    let second = Tokens { refresh_token: "second".into(), ..tokens(600) };
    world.gateway.answer(REFRESH, RefreshSessionResponse { tokens: Some(second) });
    world.gateway.refuse("SessionService/GetMe", Status::unavailable("nobody there"));
    world.running.clock.advance(SignedDuration::from_mins(6));
    world.browser.get("/requests").await.is(200);
    world.running.clock.advance(SignedDuration::from_mins(6));
    world.browser.get("/requests").await.is(200);
    let asked = world.gateway.asked::<RefreshSessionRequest>(REFRESH);
    assert_eq!(asked.last().map(|call| call.refresh_token.as_str()), Some("second"), "the first one is spent");
}

#[tokio::test]
async fn a_session_that_identity_has_ended_is_over_and_one_that_it_cannot_judge_is_not() {
    let world = World::with(Role::PlacingCoordinator).await;
    world.running.clock.advance(SignedDuration::from_mins(6));
    world.gateway.refuse(REFRESH, Status::unavailable("nobody there"));
    world.browser.get("/requests").await.is(503);
    world.gateway.refuse(REFRESH, Status::unauthenticated("ended"));
    world.browser.get("/requests").await.leads_to("/sign-in?next=%2Frequests");
}

#[tokio::test]
async fn an_altered_cookie_is_nobody() {
    let world = World::with(Role::PlacingCoordinator).await;
    let secret = world.browser.secret();
    let other = if secret.starts_with('A') { "B" } else { "A" };
    for altered in [format!("{other}{}", &secret[1..]), secret[..20].to_owned(), format!("{secret}AAAA")] {
        world.browser.hold(&altered);
        world.browser.get("/requests").await.leads_to("/sign-in?next=%2Frequests");
    }
}

#[tokio::test]
async fn another_role_is_another_menu() {
    let mut both = me(Role::PlacingCoordinator);
    both.roles.push(Role::DestinationCoordinator.into());
    let world = World::with_me(both).await;
    let page = world.browser.get("/requests").await;
    assert!(page.body.contains("Boîte d’envoi") && page.body.contains("Nouvelle demande"), "{}", page.body);
    let answer = proto::identity::v1::SwitchRoleResponse {
        tokens: Some(tokens(600)),
        me: Some(me(Role::DestinationCoordinator)),
    };
    world.gateway.answer("SessionService/SwitchRole", answer);
    let role = i32::from(Role::DestinationCoordinator).to_string();
    world.browser.post("/role", &[("role", &role)]).await.leads_to("/");
    let page = world.browser.get("/requests").await;
    page.shows(&["Vous travaillez maintenant comme : Agent de destination"]);
    assert!(page.body.contains("Boîte de réception") && !page.body.contains("Nouvelle demande"), "{}", page.body);
}
