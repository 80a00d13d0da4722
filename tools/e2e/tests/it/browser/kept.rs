//! What somebody typed outlasts the end of their session, a network that goes away, days that are wrong, and the Back button.

use platform::browser::{Tab, View};
use serde_json::{Value, json};

use super::{audit, environment, sign_in};
use crate::{
    shared,
    world::{PASSWORD, Person, first_day, id, last_day},
};

const WORDS: &str = "Deux étudiantes déjà connues de l’unité & de l’équipe";

/// Signs out as another tab of the same browser would.
async fn sign_out_elsewhere(tab: &Tab) {
    let script = "const token = document.querySelector('form[action=\"/sign-out\"] [name=form_token]').value;
        return fetch('/sign-out', { method: 'POST', body: new URLSearchParams({ form_token: token }) }).then(answer => answer.ok)";
    assert_eq!(tab.ask(script).await, true);
}

/// That the page asks for signing in, and says what is kept; signs in.
async fn sign_in_again(tab: &Tab, person: &Person) {
    tab.find(".sign-in .notice").await;
    assert!(tab.says("Ce que vous aviez saisi est gardé").await);
    if tab.view().scripts {
        audit::check_from_all_sides(tab, "signing in with something kept").await;
    } else {
        audit::check_without_scripts(tab, "signing in with something kept").await;
    }
    sign_in(tab, &person.login, PASSWORD).await;
}

/// What a field holds.
async fn held(tab: &Tab, css: &str) -> Value {
    tab.find(css).await;
    held_anyhow(tab, css).await
}

/// The same of one that nobody sees.
async fn held_anyhow(tab: &Tab, css: &str) -> Value {
    tab.ask(&format!("return document.querySelector({}).value", json!(css))).await
}

async fn state(person: &Person, request: &Value) -> Value {
    person.rest.get(&format!("/v1/requests/{}", id(request))).await.ok()["request"]["state"].clone()
}

/// Fills in a refusal whose session ends meanwhile.
async fn decline_too_late(view: View) -> (Tab, Value) {
    let environment = environment().await;
    let world = &environment.world;
    let request = world.sent().await;
    let tab = environment.enter(view, "fr", &world.receiving).await;
    tab.goto(&environment.page(&format!("/requests/{}?action=decline-for-agency", id(&request)))).await;
    tab.choose("#decline-for-agency-reason_code", "D1").await;
    tab.fill("#decline-for-agency-comment", WORDS).await;
    tab.client.delete_cookie("tandem").await.unwrap();
    tab.click("#decline-for-agency-submit").await;
    (tab, request)
}

#[test]
fn an_answer_whose_session_has_ended_is_there_after_signing_in() {
    shared::run(async {
        let person = &environment().await.world.receiving;
        let (tab, request) = decline_too_late(View::default()).await;
        sign_in_again(&tab, person).await;
        tab.wait_until_it_says("Rien n’a encore été envoyé").await;
        assert_eq!(held(&tab, "#decline-for-agency-comment").await, WORDS);
        assert_eq!(held(&tab, "#decline-for-agency-reason_code").await, "D1");
        audit::check_from_all_sides(&tab, "a form that was kept").await;
        assert_eq!(state(person, &request).await, "STATE_SENT", "it is sent by its person");
        tab.click("#decline-for-agency-submit").await;
        tab.find(".badge.s-declined").await;
        assert!(tab.says(WORDS).await);
    });
}

#[test]
fn without_scripts_a_button_leads_back_to_the_form() {
    shared::run(async {
        let person = &environment().await.world.receiving;
        let (tab, _) = decline_too_late(View::default().without_scripts()).await;
        sign_in_again(&tab, person).await;
        tab.find("form[data-resume]").await;
        audit::check_without_scripts(&tab, "the way back to a form").await;
        tab.press("Reprendre le formulaire").await;
        assert!(tab.says("Rien n’a encore été envoyé").await);
        assert_eq!(held(&tab, "#decline-for-agency-comment").await, WORDS);
        tab.click("#decline-for-agency-submit").await;
        tab.find(".badge.s-declined").await;
    });
}

#[test]
fn somebody_else_at_the_same_browser_is_not_given_it() {
    shared::run(async {
        let other = &environment().await.world.agent;
        let (tab, _) = decline_too_late(View::default()).await;
        sign_in_again(&tab, other).await;
        tab.find("details.menu").await;
        assert_eq!(tab.ask("return location.pathname").await, "/");
        let page = tab.client.source().await.unwrap();
        assert!(!page.contains("déjà connues") && !tab.address().await.contains("connues"));
    });
}

#[test]
fn a_form_that_looks_for_places_after_signing_out_elsewhere_is_kept_as_a_whole() {
    shared::run(async {
        let environment = environment().await;
        let world = &environment.world;
        let tab = environment.enter(View::default(), "fr", &world.placing).await;
        tab.goto(&environment.page("/requests/new")).await;
        tab.fill("#comment", WORDS).await;
        sign_out_elsewhere(&tab).await;
        tab.find("#program_id").await.select_by_value(&world.program).await.unwrap();
        sign_in_again(&tab, &world.placing).await;
        tab.wait_until_it_says("Rien n’a encore été envoyé").await;
        assert_eq!(held(&tab, "#comment").await, WORDS);
        assert_eq!(held(&tab, "#program_id").await, world.program);
        assert_eq!(tab.count(&format!("#course_id option[value='{}']", world.course)).await, 1);
    });
}

#[test]
fn without_a_network_the_page_says_so_and_what_was_typed_stays() {
    shared::run(async {
        let environment = environment().await;
        let world = &environment.world;
        let request = world.sent().await;
        let tab = environment.enter(View::default(), "fr", &world.receiving).await;
        tab.goto(&environment.page(&format!("/requests/{}?action=decline-for-agency", id(&request)))).await;
        tab.choose("#decline-for-agency-reason_code", "D1").await;
        tab.fill("#decline-for-agency-comment", WORDS).await;
        tab.go_offline().await;
        tab.click("#decline-for-agency-submit").await;
        assert!(tab.text("#offline").await.contains("rien n’a été envoyé"));
        assert_eq!(held(&tab, "#decline-for-agency-comment").await, WORDS);
        tab.slow_down(0).await;
        testkit::wait_for("the notice to go", async || tab.count("#offline[hidden]").await == 1).await;
        tab.click("#decline-for-agency-submit").await;
        tab.find(".badge.s-declined").await;
    });
}

#[test]
fn days_that_are_wrong_do_not_lose_the_place() {
    shared::run(async {
        let environment = environment().await;
        let world = &environment.world;
        let tab = environment.enter(View::default(), "fr", &world.placing).await;
        tab.goto(&environment.page("/requests/new")).await;
        tab.fill("#start_date", &first_day().to_string()).await;
        tab.fill("#end_date", &last_day().to_string()).await;
        tab.fill("#query", &world.word).await;
        let place = format!("#places input[value='{}:{}:']", world.site, world.service);
        tab.click(&place).await;
        tab.fill("#end_date", "2020-01-01").await;
        tab.wait_until_it_says("Le milieu choisi est gardé").await;
        tab.fill("#end_date", &last_day().to_string()).await;
        tab.find(&format!("{place}:checked")).await;
    });
}

#[test]
fn back_after_saving_saves_nothing_twice() {
    shared::run(async {
        let environment = environment().await;
        let world = &environment.world;
        let tab = environment.enter(View::default(), "fr", &world.placing).await;
        tab.goto(&environment.page("/requests/new")).await;
        tab.choose("#program_id", &world.program).await;
        tab.choose("#course_id", &world.course).await;
        tab.choose("#placement_type_code", "PRECEPTORSHIP").await;
        tab.fill("#start_date", &first_day().to_string()).await;
        tab.fill("#end_date", &last_day().to_string()).await;
        tab.fill("#query", &world.word).await;
        tab.click(&format!("#places input[value='{}:{}:']", world.site, world.service)).await;
        tab.fill("#comment", WORDS).await;
        let call = held_anyhow(&tab, "[name=request_id]").await;
        tab.click("#save").await;
        let saved = tab.address().await;
        assert_eq!(tab.count("#request .head .badge.s-draft").await, 1);
        tab.client.back().await.unwrap();
        assert_eq!(held(&tab, "#comment").await, WORDS, "what was typed is not thrown away");
        assert_ne!(held_anyhow(&tab, "[name=request_id]").await, call, "it would be another request");
        tab.client.forward().await.unwrap();
        tab.find("#request .head .badge.s-draft").await;
        assert_eq!(tab.address().await, saved);
    });
}
