//! A form changes something only if it comes from one of our own pages, shown to the same browser.

use axum::body::Body;
use axum::http::Method;
use proto::{
    identity::v1::Role,
    placement::v1::{Action, CancelRequestResponse, State},
};

use crate::{
    browser::Page,
    data,
    world::{World, me},
};

const CANCEL: &str = "PlacementRequestService/CancelRequest";

fn check_refused(page: &Page) {
    page.is(403).shows(&["Ce formulaire n’est plus valide", "À vous d’agir : rouvrez la page"]);
}

async fn form(world: &World, token: &str, header: (&'static str, &'static str)) -> Page {
    let fields = [("form_token", token), ("etag", "7"), ("request_id", "once"), ("reason_code", "C1")];
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let request = world.browser.request(Method::POST, &format!("/requests/{}/cancel", data::REQUEST));
    let request = request.header("content-type", "application/x-www-form-urlencoded").header("host", "tandem.example");
    world.browser.send(request.header(header.0, header.1).body(Body::from(body)).unwrap()).await
}

#[tokio::test]
async fn a_form_of_another_session_or_site_changes_nothing() {
    let world = World::with(Role::PlacingCoordinator).await;
    let request = data::request(State::Redirected, &[Action::Cancel]);
    data::show(&world.gateway, &request);
    world.gateway.answer(CANCEL, CancelRequestResponse { request: Some(request) });
    let own = world.browser.form_token().await;
    for token in ["", "AAAA"] {
        check_refused(&form(&world, token, ("sec-fetch-site", "same-origin")).await);
    }
    for header in [
        ("origin", "https://example.org"),
        ("origin", "null"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ] {
        check_refused(&form(&world, &own, header).await);
    }
    assert!(world.gateway.asked::<proto::placement::v1::CancelRequestRequest>(CANCEL).is_empty());
    // The same form, honest, does what it says.
    form(&world, &own, ("origin", "http://tandem.example")).await.is(303);
    assert_eq!(world.gateway.asked::<proto::placement::v1::CancelRequestRequest>(CANCEL).len(), 1);
}

#[tokio::test]
async fn every_form_is_checked() {
    let world = World::with(Role::PlacingCoordinator).await;
    for path in ["/sign-out", "/role", "/sign-in", "/password", "/requests/new", "/places/closures/new", "/"] {
        check_refused(&world.browser.post_as_it_is(path, &[("role", "7"), ("login", "x"), ("password", "y")]).await);
    }
    world.browser.get("/requests").await.is(200);
}

#[tokio::test]
async fn the_token_of_a_session_that_is_over_is_worth_nothing() {
    let world = World::with(Role::PlacingCoordinator).await;
    let before = world.browser.form_token().await;
    world.sign_in(me(Role::PlacingCoordinator), "/").await;
    check_refused(&world.browser.post_as_it_is("/sign-out", &[("form_token", &before)]).await);
}

#[tokio::test]
async fn a_form_without_end_is_refused() {
    let world = World::with(Role::PlacingCoordinator).await;
    let words = "a".repeat(400 * 1024);
    let page = world.browser.post("/requests/new", &[("comment", &words)]).await;
    page.is(400).shows(&["Ce qui a été envoyé est trop long."]);
}
