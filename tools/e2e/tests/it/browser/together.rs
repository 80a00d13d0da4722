//! Two people on one request: each sees what the other does, and an answer that came too late is explained and not lost.

use platform::browser::{Tab, View};
use serde_json::{Value, json};

use super::{audit, environment};
use crate::{
    shared,
    world::{id, perform},
};

/// What a reader of one language types and is told.
struct Words {
    language: &'static str,
    typed: &'static str,
    changed: &'static str,
    kept: &'static str,
    over: &'static str,
    redirected: &'static str,
    cancelled: &'static str,
}

const FRENCH: Words = Words {
    language: "fr",
    typed: "Trop peu de préceptrices en février.",
    changed: "La demande a changé entre-temps ; votre action n’a pas été faite.",
    kept: "Ce que vous aviez saisi est encore là",
    over: "Cette action n’est plus possible. Ce que vous aviez écrit :",
    redirected: "Réacheminée",
    cancelled: "Annulée",
};

const ENGLISH: Words = Words {
    language: "en",
    typed: "Too few preceptors in February.",
    changed: "The request has changed in the meantime; your action was not carried out.",
    kept: "What you typed is still here",
    over: "This action is no longer possible. What you wrote:",
    redirected: "Redirected",
    cancelled: "Cancelled",
};

#[test]
fn a_stale_answer_is_explained_in_french_and_nothing_typed_is_lost() {
    shared::run(answer_late(&FRENCH));
}

#[test]
fn a_stale_answer_is_explained_in_english_and_nothing_typed_is_lost() {
    shared::run(answer_late(&ENGLISH));
}

async fn answer_late(words: &Words) {
    let environment = environment().await;
    let world = &environment.world;
    let request = world.sent().await;
    let tab = environment.enter(View::default(), words.language, &world.receiving).await;
    decline(&tab, &request, words).await;
    // Meanwhile, at another desk:
    perform(&world.receiving.rest, &request, "redirect", json!({})).await;
    tab.click("#decline-for-agency-submit").await;
    explained(&tab, words, words.redirected).await;
    let kept = tab.ask(
        "return ['reason_code', 'comment'].map(name => document.querySelector('#decline-for-agency-' + name).value)",
    );
    assert_eq!(kept.await, json!(["D1", words.typed]));
    assert!(tab.says(words.kept).await);
    tab.click("#decline-for-agency-submit").await;
    tab.find(".badge.s-declined").await;
    assert!(tab.says(words.typed).await);
}

#[test]
fn words_for_what_is_no_longer_possible_are_not_lost_in_french() {
    shared::run(answer_in_vain(&FRENCH));
}

#[test]
fn words_for_what_is_no_longer_possible_are_not_lost_in_english() {
    shared::run(answer_in_vain(&ENGLISH));
}

async fn answer_in_vain(words: &Words) {
    let environment = environment().await;
    let world = &environment.world;
    let request = world.redirected().await;
    let tab = environment.enter(View::default(), words.language, &world.receiving).await;
    decline(&tab, &request, words).await;
    perform(&world.placing.rest, &request, "cancel", json!({ "reasonCode": "C9" })).await;
    tab.click("#decline-for-agency-submit").await;
    explained(&tab, words, words.cancelled).await;
    assert!(tab.text("#meanwhile").await.contains(words.over));
    assert_eq!(tab.text("#meanwhile > div > blockquote").await, words.typed);
    assert_eq!(tab.count("#decline-for-agency").await, 0, "what is cancelled is not declined");
}

/// Fills in a refusal, and does not send it.
async fn decline(tab: &Tab, request: &Value, words: &Words) {
    let environment = environment().await;
    tab.goto(&environment.page(&format!("/requests/{}?action=decline-for-agency", id(request)))).await;
    tab.choose("#decline-for-agency-reason_code", "D1").await;
    tab.fill("#decline-for-agency-comment", words.typed).await;
}

/// That the page says what others did in the meantime.
async fn explained(tab: &Tab, words: &Words, action: &str) {
    let meanwhile = tab.text("#meanwhile").await;
    assert!(meanwhile.contains(words.changed) && meanwhile.contains(action), "{meanwhile}");
    let status = tab.ask("return performance.getEntriesByType('navigation')[0].responseStatus").await;
    assert_eq!(status, 409);
    audit::check_from_all_sides(tab, "a stale answer").await;
}

#[test]
fn two_on_one_request_see_what_the_other_does_in_french() {
    shared::run(work_together(&FRENCH));
}

#[test]
fn two_on_one_request_see_what_the_other_does_in_english() {
    shared::run(work_together(&ENGLISH));
}

async fn work_together(words: &Words) {
    let environment = environment().await;
    let world = &environment.world;
    let request = world.sent().await;
    let (school, hospital) = futures::join!(
        environment.enter(View::default(), words.language, &world.placing),
        environment.enter(View::default(), words.language, &world.receiving)
    );
    for tab in [&school, &hospital] {
        tab.goto(&environment.page(&format!("/requests/{}", id(&request)))).await;
        tab.find("#request .head .badge.s-sent").await;
        tab.find("body[data-listening]").await;
        tab.ask("window.sameDocument = true").await;
    }
    // The unit that the school has named is ticked.
    hospital.click("#redirect-submit").await;
    school.find("#request .head .badge.s-redirected").await;
    assert!(school.text("#latest").await.contains(words.redirected));
    same_document(&school).await;
    audit::check(&school, "a page that refreshed itself").await;

    // The other way round, while the coordinator is writing: the page tells of it, and leaves the words alone.
    hospital.goto(&environment.page(&format!("/requests/{}?action=decline-for-agency", id(&request)))).await;
    hospital.find("body[data-listening]").await;
    hospital.ask("window.sameDocument = true").await;
    hospital.fill("#decline-for-agency-comment", words.typed).await;
    school.goto(&environment.page(&format!("/requests/{}?action=cancel", id(&request)))).await;
    school.choose("#cancel-reason_code", "C9").await;
    school.click("#cancel-submit").await;
    hospital.find("#acted-meanwhile").await;
    assert!(hospital.text("#acted-meanwhile").await.contains(words.cancelled));
    assert_eq!(hospital.ask("return document.querySelector('#decline-for-agency-comment').value").await, words.typed);
    same_document(&hospital).await;
    audit::check_from_all_sides(&hospital, "a notice beside what is being typed").await;
}

async fn same_document(tab: &Tab) {
    assert_eq!(tab.ask("return window.sameDocument").await, true, "the page was not loaded again");
}
