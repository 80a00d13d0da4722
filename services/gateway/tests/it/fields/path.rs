//! What stands in the path.

use proto::{
    configuration::v1::{UpdateSiteRequest, UpdateSiteResponse},
    identity::v1::{DeleteGrantRequest, DeleteGrantResponse},
    placement::v1::{GetRequestRequest, SendRequestRequest, SendRequestResponse},
};
use reqwest::Method;
use serde_json::json;

use crate::{
    data::{GET_REQUEST, SEND_REQUEST, answer},
    world::World,
};

#[tokio::test]
async fn a_variable_is_read_as_it_was_meant() {
    let world = World::new().await;
    world.stub.answer(GET_REQUEST, answer());
    for (written, read) in [
        ("r1", "r1"),
        ("%C3%A9t%C3%A9", "été"),
        ("a%2Fb", "a/b"),
        ("a%20b+c", "a b+c"),
        ("%7Bid%7D", "{id}"),
        ("a:b@c=d&e;f", "a:b@c=d&e;f"),
    ] {
        world.get(&format!("/v1/requests/{written}")).await.ok();
        assert_eq!(world.stub.asked::<GetRequestRequest>(GET_REQUEST).last().unwrap().id, read, "{written}");
    }
}

#[tokio::test]
async fn two_variables_are_told_apart() {
    let world = World::new().await;
    world.stub.answer("AccountService/DeleteGrant", DeleteGrantResponse {});
    let answer = world.call(Method::DELETE, "/v1/people/p1/grants/g1", None).await;
    assert_eq!(answer.ok(), json!({}));
    let asked: Vec<DeleteGrantRequest> = world.stub.asked("AccountService/DeleteGrant");
    assert_eq!((asked[0].person_id.as_str(), asked[0].grant_id.as_str()), ("p1", "g1"));
}

#[tokio::test]
async fn a_variable_wins_over_the_body() {
    let world = World::new().await;
    world.stub.answer(SEND_REQUEST, SendRequestResponse { request: None });
    world.post("/v1/requests/r1/send", json!({ "id": "r2", "etag": "v1" })).await.ok();
    let asked: Vec<SendRequestRequest> = world.stub.asked(SEND_REQUEST);
    assert_eq!((asked[0].id.as_str(), asked[0].etag.as_str()), ("r1", "v1"));
}

#[tokio::test]
async fn a_variable_of_an_update_names_the_resource_in_it() {
    let world = World::new().await;
    world.stub.answer("SiteService/UpdateSite", UpdateSiteResponse { site: None });
    world.patch("/v1/sites/s1?updateMask=name", json!({ "name": "Nord", "id": "s2" })).await.ok();
    let asked: Vec<UpdateSiteRequest> = world.stub.asked("SiteService/UpdateSite");
    let site = asked[0].site.clone().unwrap();
    assert_eq!((site.id.as_str(), site.name.as_str()), ("s1", "Nord"));
}

#[tokio::test]
async fn a_path_that_no_text_stands_in_is_refused() {
    let world = World::new().await;
    world.stub.answer(GET_REQUEST, answer());
    let refused = world.get("/v1/requests/%ff").await;
    assert_eq!((refused.status.as_u16(), refused.reason().as_str()), (400, "MALFORMED_REQUEST"), "{refused:?}");
    for nothing in ["/v1/requests/", "/v1/requests//history", "/v1/requests/r1/"] {
        assert_eq!(world.get(nothing).await.status.as_u16(), 404, "{nothing}");
    }
    assert!(world.stub.asked::<GetRequestRequest>(GET_REQUEST).is_empty());
}
