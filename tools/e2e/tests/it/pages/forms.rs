//! What a page does not offer, the services refuse.

use reqwest::StatusCode;
use serde_json::json;

use super::visitor::Visitor;
use crate::{
    browser::environment,
    shared,
    world::{id, perform, text},
};

#[test]
fn what_is_not_offered_is_refused_by_the_services_themselves() {
    shared::run(async {
        let environment = environment().await;
        let world = &environment.world;
        let request = world.redirected().await;
        let visitor = Visitor::signed_in(environment.platform, &world.placing).await;
        let page = visitor.get(&format!("/requests/{}", id(&request))).await;
        let (token, etag, once) = (page.field("form_token"), text(&request["etag"]), shared::fresh_id());
        for (verb, answer) in [("answer-at-destination", "accept"), ("answer-for-agency", "accept"), ("redirect", "")] {
            let fields = [("form_token", token.as_str()), ("etag", &etag), ("request_id", &once), ("answer", answer)];
            let refused = visitor.post(&format!("/requests/{}/{verb}", id(&request)), &fields).await;
            assert_eq!(refused.status, StatusCode::FORBIDDEN, "{verb}: {}", refused.body);
            assert!(refused.body.contains("<code>"), "a reference for the support");
        }
        perform(&world.placing.rest, &request, "cancel", json!({ "reasonCode": "C9" })).await;
    });
}
