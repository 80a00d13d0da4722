//! Many requests at once: nothing ticked, nothing possible, a reason that is missing, results of both kinds.

use platform::browser::{Tab, View};
use reqwest::Method;
use serde_json::Value;

use super::go;
use crate::{
    browser::{audit, environment},
    shared,
    world::{World, id, perform, text},
};

#[test]
fn each_step_with_many_requests_has_no_faults() {
    shared::run(async {
        let environment = environment().await;
        let world = World::build(environment.platform).await;
        let (one, other) = (world.redirected().await, world.redirected().await);
        let sent = world.sent().await;
        let tab = environment.enter(View::default(), "en", &world.receiving).await;
        go(&tab, "en", "/requests").await;
        tab.click("#bulk-decline").await;
        audit::check_from_all_sides(&tab, "nothing is ticked").await;

        pick(&tab, &[&sent]).await;
        perform(&world.receiving.rest, &sent, "redirect", serde_json::json!({})).await;
        tab.click("#bulk-redirect").await;
        audit::check_from_all_sides(&tab, "nothing is possible").await;

        pick(&tab, &[&one, &other]).await;
        tab.click("#bulk-decline").await;
        tab.find("#go").await;
        tab.ask("document.querySelector('#bulk').noValidate = true").await;
        tab.click("#go").await;
        tab.find("#reason_code-error").await;
        audit::check_from_all_sides(&tab, "a reason is missing").await;
        tab.choose("#reason_code", "D2").await;
        tab.fill("#comment", "Too many at once.").await;
        perform(&world.placing.rest, &other, "cancel", serde_json::json!({ "reasonCode": "C9" })).await;
        tab.click("#go").await;
        tab.find(&format!("#result-{} .mark.good", id(&one))).await;
        tab.find(&format!("#result-{} .mark.late", id(&other))).await;
        audit::check_from_all_sides(&tab, "results of both kinds").await;
        tab.click("#again").await;
        audit::check_from_all_sides(&tab, "the refused ones again").await;
    });
}

#[test]
fn drafts_that_are_gone_are_told_among_many() {
    shared::run(async {
        let environment = environment().await;
        let world = World::build(environment.platform).await;
        let (kept, gone) = (world.draft().await, world.draft().await);
        let tab = environment.enter(View::default(), "fr", &world.placing).await;
        pick(&tab, &[&kept, &gone]).await;
        let path = format!("/v1/requests/{}?etag={}&requestId={}", id(&gone), text(&gone["etag"]), shared::fresh_id());
        assert!(world.placing.rest.call(Method::DELETE, &path, None).await.is_ok());
        tab.click("#bulk-delete").await;
        tab.find("#go").await;
        audit::check_from_all_sides(&tab, "one is left, one is gone").await;
    });
}

/// Ticks some requests of the list, which stands still meanwhile.
async fn pick(tab: &Tab, requests: &[&Value]) {
    tab.goto(&environment().await.page("/requests?size=200")).await;
    // What others do would take the ticked row away.
    tab.ask("document.querySelector('#list').removeAttribute('hx-trigger'); htmx.process(document.body)").await;
    for request in requests {
        tab.click(&format!("#pick-{}", id(request))).await;
    }
}
