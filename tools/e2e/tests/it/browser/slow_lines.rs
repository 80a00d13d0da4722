//! Lines on which answers take seconds: what a person chose or typed last stands, whatever comes late.

use platform::browser::{Tab, View};
use serde_json::{Value, json};

use super::environment;
use crate::{
    shared,
    world::{first_day, last_day},
};

/// Longer than any machine needs to type a few words, in milliseconds.
const LATE: u32 = 4_000;

/// Chooses without waiting for what comes of it.
async fn choose_at_once(tab: &Tab, css: &str, value: &str) {
    tab.find(css).await.select_by_value(value).await.unwrap();
}

/// That an answer is still under way.
async fn is_asking(tab: &Tab) {
    assert_ne!(tab.count(".htmx-request").await, 0, "the answer was faster than the person");
}

/// Waits until nothing is asked any more.
async fn come_to_rest(tab: &Tab) {
    testkit::wait_for("the last answer", async || tab.count(".htmx-request, .htmx-swapping").await == 0).await;
}

/// What fields hold, by selectors.
async fn held(tab: &Tab, fields: &[&str]) -> Value {
    tab.ask(&format!("return {}.map(css => document.querySelector(css).value)", json!(fields))).await
}

#[test]
fn what_is_chosen_and_typed_while_a_form_is_redrawn_stands() {
    shared::run(async {
        let environment = environment().await;
        let world = &environment.world;
        let tab = environment.enter(View::default(), "fr", &world.placing).await;
        tab.goto(&environment.page("/requests/new")).await;
        tab.choose("#program_id", &world.program).await;
        tab.find(&format!("#course_id option[value='{}']", world.course)).await;

        // The answer to the course would choose no kind of placement, and its own hours.
        tab.slow_down(LATE).await;
        choose_at_once(&tab, "#course_id", &world.course).await;
        choose_at_once(&tab, "#placement_type_code", "PRECEPTORSHIP").await;
        tab.ask("document.querySelector('#hours_per_student').focus()").await;
        tab.type_in("1").await;
        is_asking(&tab).await;
        come_to_rest(&tab).await;
        assert!(tab.has_focus("#hours_per_student").await);
        tab.type_in("11").await;
        let fields = ["#course_id", "#placement_type_code", "#hours_per_student"];
        assert_eq!(held(&tab, &fields).await, json!([world.course, "PRECEPTORSHIP", "111"]));
        // Leaving the field tells of it, as ever.
        tab.slow_down(0).await;
        tab.click("#comment").await;
        assert_eq!(held(&tab, &fields).await, json!([world.course, "PRECEPTORSHIP", "111"]));
    });
}

#[test]
fn hours_that_come_late_are_typed_over() {
    shared::run(async {
        let environment = environment().await;
        let world = &environment.world;
        let tab = environment.enter(View::default(), "fr", &world.placing).await;
        tab.goto(&environment.page("/requests/new")).await;
        tab.choose("#program_id", &world.program).await;
        tab.find(&format!("#course_id option[value='{}']", world.course)).await;
        tab.slow_down(LATE).await;
        choose_at_once(&tab, "#course_id", &world.course).await;
        tab.ask("document.querySelector('#hours_per_student').focus()").await;
        is_asking(&tab).await;
        come_to_rest(&tab).await;
        assert_eq!(held(&tab, &["#hours_per_student"]).await, json!(["120"]), "those of the course");
        tab.type_in("90").await;
        assert_eq!(held(&tab, &["#hours_per_student"]).await, json!(["90"]));
    });
}

#[test]
fn a_place_that_is_chosen_while_others_are_looked_for_stays_chosen() {
    shared::run(async {
        let environment = environment().await;
        let world = &environment.world;
        let tab = environment.enter(View::default(), "en", &world.placing).await;
        tab.goto(&environment.page("/requests/new")).await;
        tab.fill("#start_date", &first_day().to_string()).await;
        tab.fill("#end_date", &last_day().to_string()).await;
        tab.fill("#query", &world.word).await;
        let place = format!("#places input[value='{}:{}:']", world.site, world.service);
        tab.find(&place).await;
        come_to_rest(&tab).await;
        tab.slow_down(LATE).await;
        tab.fill("#query", "nothing is called so").await;
        tab.find("#query.htmx-request").await;
        tab.find(&place).await.click().await.unwrap();
        is_asking(&tab).await;
        // What comes knows nothing of the place, and is asked for again.
        come_to_rest(&tab).await;
        assert_eq!(tab.count("#places input[name=place]").await, 1 + tab.count("#places .units input").await);
        assert_eq!(tab.count(&format!("{place}:checked")).await, 1);
    });
}

#[test]
fn filters_that_are_chosen_one_after_the_other_all_hold() {
    shared::run(async {
        let environment = environment().await;
        let tab = environment.enter(View::default(), "fr", &environment.world.placing).await;
        tab.goto(&environment.page("/requests")).await;
        tab.slow_down(LATE).await;
        choose_at_once(&tab, "#order", "reference").await;
        tab.find("input[name=changed]").await.click().await.unwrap();
        tab.ask("document.querySelector('#query').focus()").await;
        tab.type_in("Soins").await;
        is_asking(&tab).await;
        come_to_rest(&tab).await;
        assert_eq!(held(&tab, &["#order", "#query"]).await, json!(["reference", "Soins"]));
        assert_eq!(tab.count("input[name=changed]:checked").await, 1);
        let address = tab.address().await;
        assert!(address.contains("order=reference") && address.contains("changed="), "{address}");
        tab.type_in(" infirmiers").await;
        assert_eq!(held(&tab, &["#query"]).await, json!(["Soins infirmiers"]));
    });
}
