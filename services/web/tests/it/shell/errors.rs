//! Errors are pages: what happened, whose turn it is, and a reference for the support.

use axum::{
    body::Body,
    http::{Method, StatusCode},
};
use proto::identity::v1::Role;
use tonic::{Code, Status};

use crate::world::World;

#[tokio::test]
async fn each_refusal_of_the_gateway_has_its_status_and_says_whose_turn_it_is() {
    let world = World::with(Role::PlacingCoordinator).await;
    for (code, status, turn) in [
        (Code::NotFound, 404, "Vérifiez l’adresse"),
        (Code::PermissionDenied, 403, "votre administrateur local"),
        (Code::Aborted, 409, "Quelqu’un a agi entre-temps"),
        (Code::ResourceExhausted, 429, "Attendez un instant"),
        (Code::Internal, 500, "C’est à nous d’agir"),
    ] {
        world.gateway.refuse("PlacementRequestService/GetRequest", Status::new(code, "Ce qui est arrivé"));
        let page = world.browser.get("/requests/1").await;
        // No trace is recorded here: what cannot be told is not promised. `e2e` follows the references of real ones.
        page.is(status).shows(&["Ce qui est arrivé", turn, "href=\"/\""]).hides(&["<code>"]);
    }
}

#[tokio::test]
async fn a_gateway_that_is_away_is_told_as_such_and_nothing_of_the_transport() {
    let world = World::with(Role::PlacingCoordinator).await;
    world.gateway.go_down();
    for path in ["/", "/requests", "/requests/1", "/places", "/occupancy", "/reports"] {
        let page = world.browser.get(path).await;
        page.is(503).shows(&["Une partie de Tandem ne répond pas", "Attendez un instant"]);
        page.hides(&["transport", "hyper", "connection"]);
    }
}

#[tokio::test]
async fn what_leads_nowhere_or_cannot_be_read_is_a_page_too() {
    let world = World::with(Role::PlacingCoordinator).await;
    world.browser.get("/nowhere").await.is(404).shows(&["Cette adresse ne mène nulle part."]);
    world.browser.get("/requests/bulk/no-id").await.is(400).shows(&["illisible"]);
    world.browser.get("/places?query=a&query=b").await.is(400).shows(&["illisible"]);
    let strange = world.browser.request(Method::DELETE, "/requests").body(Body::empty()).unwrap();
    assert_eq!(world.browser.send(strange).await.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn errors_are_told_in_the_readers_language() {
    let world = World::with(Role::PlacingCoordinator).await;
    world.browser.get("/language/en?back=/").await.leads_to("/");
    world.browser.get("/nowhere").await.is(404).shows(&["This address leads nowhere."]);
    world.gateway.go_down();
    world.browser.get("/requests").await.is(503).shows(&["A part of Tandem does not answer"]);
}

#[tokio::test]
async fn what_the_gateway_says_cannot_become_markup() {
    let world = World::with(Role::PlacingCoordinator).await;
    world.gateway.refuse("PlacementRequestService/GetRequest", Status::not_found("<script>alert(1)</script>"));
    let page = world.browser.get("/requests/1").await;
    page.is(404).shows(&["&#60;script&#62;"]).hides(&["<script"]);
}
