//! Two people on one request: each sees what the other does, and an answer that came too late is explained and not lost.

use serde_json::json;
use testkit::browser::View;

use super::{audit, stage};
use crate::{
    shared,
    world::{act, id},
};

const WORDS: &str = "Trop peu de préceptrices en février.";

#[test]
fn a_stale_answer_is_explained_and_nothing_typed_is_lost() {
    shared::run(async {
        let stage = stage().await;
        let world = &stage.world;
        let request = world.sent().await;
        let tab = stage.enter(View::default(), "fr", &world.receiving).await;
        tab.goto(&stage.page(&format!("/requests/{}?action=decline-for-agency", id(&request)))).await;
        tab.choose("#decline-for-agency-reason_code", "D1").await;
        tab.fill("#decline-for-agency-comment", WORDS).await;
        // Meanwhile, at another desk:
        act(&world.receiving.rest, &request, "redirect", json!({})).await;
        tab.click("#decline-for-agency-submit").await;
        tab.find("#meanwhile").await;
        audit::check(&tab, "a stale answer").await;
        let kept = tab.ask(
            "return [document.querySelector('#decline-for-agency-reason_code').value, document.querySelector('#decline-for-agency-comment').value]",
        );
        assert_eq!(kept.await, json!(["D1", WORDS]));
        assert!(tab.says("Réacheminée").await, "what happened meanwhile is told");
        tab.click("#decline-for-agency-submit").await;
        tab.find(".badge.s-declined").await;
        assert!(tab.says(WORDS).await);
    });
}

#[test]
fn what_one_does_the_other_sees_without_reloading() {
    shared::run(async {
        let stage = stage().await;
        let world = &stage.world;
        let request = world.sent().await;
        let tab = stage.enter(View::default(), "fr", &world.placing).await;
        tab.goto(&stage.page(&format!("/requests/{}", id(&request)))).await;
        tab.find("#request .head .badge.s-sent").await;
        tab.find("body[data-listening]").await;
        tab.ask("window.sameDocument = true").await;
        act(&world.receiving.rest, &request, "redirect", json!({})).await;
        tab.find("#request .head .badge.s-redirected").await;
        assert_eq!(tab.ask("return window.sameDocument").await, true, "the page was not loaded again");
        audit::check(&tab, "a page that refreshed itself").await;
        act(&world.placing.rest, &request, "cancel", json!({ "reasonCode": "C9" })).await;
    });
}
