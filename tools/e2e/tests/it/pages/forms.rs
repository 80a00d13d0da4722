//! A form changes something only if it comes from one of our own pages, shown to the same browser.

use reqwest::StatusCode;
use serde_json::json;

use super::visitor::{Page, Visitor};
use crate::{
    browser::stage,
    shared,
    world::{act, id, text},
};

#[test]
fn a_form_of_another_session_or_site_changes_nothing() {
    shared::run(async {
        let stage = stage().await;
        let world = &stage.world;
        let request = world.redirected().await;
        let visitor = Visitor::signed_in(stage.platform, &world.placing).await;
        let other = Visitor::signed_in(stage.platform, &world.receiving).await;
        let page = visitor.get(&format!("/requests/{}", id(&request))).await;
        let own = page.field("form_token");
        let foreign = other.get("/requests").await.field("form_token");
        assert_ne!(own, foreign);
        let (path, once) = (format!("/requests/{}/cancel", id(&request)), shared::fresh_id());
        let etag = text(&request["etag"]);
        let fields =
            |token| [("form_token", token), ("etag", etag.as_str()), ("request_id", &once), ("reason_code", "C9")];
        for token in [foreign.as_str(), "", "AAAA"] {
            check_refused(&visitor.post(&path, &fields(token)).await);
        }
        check_refused(&visitor.post(&path, &[("etag", &etag), ("request_id", &once), ("reason_code", "C9")]).await);
        for (header, value) in [
            ("origin", "https://example.org"),
            ("origin", "null"),
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
        ] {
            check_refused(&visitor.send(visitor.form(&path, &fields(&own)).header(header, value)).await);
        }
        let now = world.placing.rest.get(&format!("/v1/requests/{}", id(&request))).await.ok();
        assert_eq!(now["request"]["state"], "STATE_REDIRECTED", "nothing has happened");
        // The same form, honest, does what it says; and once, however often it is sent.
        let honest = visitor.form(&path, &fields(&own)).header("origin", stage.platform.pages_url());
        let done = visitor.send(honest.header("sec-fetch-site", "same-origin")).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let again = visitor.post(&path, &fields(&own)).await;
        assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.body);
    });
}

#[test]
fn signing_in_and_out_takes_a_form_of_ours_too() {
    shared::run(async {
        let stage = stage().await;
        let visitor = Visitor::signed_in(stage.platform, &stage.world.placing).await;
        for path in ["/sign-out", "/role", "/sign-in", "/password", "/requests/new", "/places/closures/new"] {
            check_refused(&visitor.post(path, &[("role", "7"), ("login", "x"), ("password", "y")]).await);
        }
        assert!(visitor.is_known().await);
    });
}

#[test]
fn what_is_not_offered_is_refused_by_the_services_themselves() {
    shared::run(async {
        let stage = stage().await;
        let world = &stage.world;
        let request = world.redirected().await;
        let visitor = Visitor::signed_in(stage.platform, &world.placing).await;
        let page = visitor.get(&format!("/requests/{}", id(&request))).await;
        let (token, etag, once) = (page.field("form_token"), text(&request["etag"]), shared::fresh_id());
        for (verb, answer) in [("answer-at-destination", "accept"), ("answer-for-agency", "accept"), ("redirect", "")] {
            let fields = [("form_token", token.as_str()), ("etag", &etag), ("request_id", &once), ("answer", answer)];
            let refused = visitor.post(&format!("/requests/{}/{verb}", id(&request)), &fields).await;
            assert_eq!(refused.status, StatusCode::FORBIDDEN, "{verb}: {}", refused.body);
            assert!(refused.body.contains("<code>"), "a reference for the support");
        }
        act(&world.placing.rest, &request, "cancel", json!({ "reasonCode": "C9" })).await;
    });
}

fn check_refused(page: &Page) {
    assert_eq!(page.status, StatusCode::FORBIDDEN, "{}", page.body);
    assert!(page.body.contains("Ce formulaire n’est plus valide"), "{}", page.body);
}
