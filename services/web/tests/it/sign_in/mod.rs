//! Signing in, and a new password.

use std::time::Duration;

use proto::identity::v1::{ChangePasswordRequest, ChangePasswordResponse, Role, SignInRequest};
use tonic::{Code, Status};
use tonic_types::{ErrorDetails, StatusExt as _};

use crate::{
    data,
    world::{World, me, tokens},
};

const SIGN_IN: &str = "SessionService/SignIn";
const CHANGE: &str = "SessionService/ChangePassword";

pub fn refusal(code: Code, reason: &str, message: &str) -> Status {
    let mut details = ErrorDetails::new();
    details.set_error_info(reason, "tandem.health", std::collections::HashMap::new());
    details.set_localized_message("fr", message);
    Status::with_error_details(code, "in English", details)
}

#[tokio::test]
async fn what_is_typed_is_what_identity_is_asked() {
    let world = World::new().await;
    data::fill(&world.gateway);
    assert_eq!(world.sign_in(me(Role::PlacingCoordinator), "/places").await, "/places");
    let asked = world.gateway.asked::<SignInRequest>(SIGN_IN);
    assert_eq!((&*asked[0].login, &*asked[0].password), ("paule.roy", "a password"));
    world.browser.get("/sign-in?next=/places").await.leads_to("/places");
}

#[tokio::test]
async fn a_refusal_is_explained_beside_the_login_that_was_typed() {
    let world = World::new().await;
    for reason in ["SIGN_IN_REFUSED", "ACCOUNT_DISABLED", "NO_ROLE"] {
        world.gateway.refuse(SIGN_IN, refusal(Code::Unauthenticated, reason, "Pas ainsi."));
        let page = world.browser.post("/sign-in", &[("login", "\"><b>x"), ("password", "wrong")]).await;
        page.is(401).shows(&["Pas ainsi.", "value=\"&#34;&#62;&#60;b&#62;x\""]).hides(&["wrong", "<b>"]);
    }
}

#[tokio::test]
async fn whoever_has_to_wait_is_told_so_on_the_form_and_by_the_answer() {
    let world = World::new().await;
    let mut details = ErrorDetails::new();
    details.set_error_info("SIGN_IN_DELAYED", "tandem.health", std::collections::HashMap::new());
    details.set_localized_message("fr", "Attendez 2 min.").set_retry_info(Some(Duration::from_secs(120)));
    let delayed = Status::with_error_details(Code::ResourceExhausted, "wait", details);
    for (rpc, path) in [(SIGN_IN, "/sign-in"), (CHANGE, "/password")] {
        world.gateway.refuse(rpc, delayed.clone());
        let page = world.browser.post(path, &[("login", "paule.roy"), ("password", "wrong")]).await;
        page.is(429).shows(&["Attendez 2 min.", "value=\"paule.roy\""]).hides(&["wrong"]);
        assert_eq!(page.headers["retry-after"], "120");
    }
}

#[tokio::test]
async fn what_the_form_cannot_explain_is_a_page_of_its_own() {
    let world = World::new().await;
    world.gateway.refuse(SIGN_IN, refusal(Code::ResourceExhausted, "TOO_MANY_SECRETS", "Trop d’essais."));
    let page = world.browser.post("/sign-in", &[("login", "x"), ("password", "y")]).await;
    page.is(429).shows(&["Trop d’essais.", "Attendez un instant"]);
}

#[tokio::test]
async fn a_password_that_has_to_be_changed_leads_to_its_page_and_on_from_there() {
    let world = World::new().await;
    data::fill(&world.gateway);
    world.gateway.refuse(SIGN_IN, refusal(Code::FailedPrecondition, "PASSWORD_CHANGE_REQUIRED", "À changer."));
    let fields = [("login", "paule.roy"), ("password", "temporary"), ("next", "/requests")];
    let page = world.browser.post("/sign-in", &fields).await;
    page.is(200).shows(&["action=\"/password\"", "value=\"paule.roy\"", "value=\"/requests\""]).hides(&["temporary"]);
    world.browser.get("/password?login=paule.roy").await.hides(&["paule.roy"]);
    let planted = world.browser.secret();
    let answer = ChangePasswordResponse { tokens: Some(tokens(600)), me: Some(me(Role::PlacingCoordinator)) };
    world.gateway.answer(CHANGE, answer);
    let fields =
        [("login", "paule.roy"), ("password", "temporary"), ("new_password", "Better-2026"), ("next", "/requests")];
    world.browser.post("/password", &fields).await.leads_to("/requests");
    assert_eq!(world.gateway.asked::<ChangePasswordRequest>(CHANGE)[0].new_password, "Better-2026");
    assert_ne!(world.browser.secret(), planted, "whatever was planted before is worth nothing");
    world.browser.get("/requests").await.is(200);
}

#[tokio::test]
async fn a_new_password_that_is_refused_is_explained_beside_its_field() {
    let world = World::new().await;
    let details = ErrorDetails::with_bad_request_violation("new_password", "Trop court.");
    world.gateway.refuse(CHANGE, Status::with_error_details(Code::InvalidArgument, "no", details));
    let page = world.browser.post("/password", &[("login", "paule.roy"), ("new_password", "short")]).await;
    page.is(400).shows(&[
        "<p class=\"error\" id=\"new_password-error\">Trop court.</p>",
        "aria-describedby=\"new_password-error\"",
        "name=\"refused\" value=\"true\"",
        "value=\"paule.roy\"",
    ]);
    page.hides(&["short"]);
    world.gateway.refuse(CHANGE, refusal(Code::Unauthenticated, "SIGN_IN_REFUSED", "Pas ainsi."));
    world.browser.post("/password", &[("login", "paule.roy")]).await.is(400).shows(&["Pas ainsi."]);
}

#[tokio::test]
async fn the_gateway_counts_guesses_by_the_browsers_address() {
    let world = World::new().await;
    world.gateway.refuse(SIGN_IN, refusal(Code::Unauthenticated, "SIGN_IN_REFUSED", "Pas ainsi."));
    let token = world.browser.form_token().await;
    let body = format!("form_token={token}&login=x&password=y");
    let request = world.browser.request(axum::http::Method::POST, "/sign-in");
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    let lines = ["198.51.100.1", "203.0.113.7"];
    let request = lines.iter().fold(request, |request, line| request.header("x-forwarded-for", *line));
    world.browser.send(request.body(body.into()).unwrap()).await.is(401);
    assert_eq!(world.gateway.headers(SIGN_IN, "x-forwarded-for"), lines, "the gateway knows which line to believe");
}
