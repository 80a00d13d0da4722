//! Another language while a form is being filled in, on pages of one form and of several.

use platform::browser::View;

use super::{audit, environment};
use crate::{shared, world::id};

const WORDS: &str = "Deux étudiantes déjà connues de l’unité";

#[test]
fn a_form_that_is_half_filled_in_is_there_in_the_other_language() {
    shared::run(async {
        let environment = environment().await;
        let tab = environment.enter(View::default(), "fr", &environment.world.placing).await;
        tab.goto(&environment.page("/requests/new")).await;
        tab.fill("#comment", WORDS).await;
        tab.fill("#shift_code", "E8").await;
        tab.click("header button[name=language]").await;
        tab.find("html[lang=en]").await;
        let kept = "return [document.querySelector('#comment').value, document.querySelector('#shift_code').value]";
        assert_eq!(tab.ask(kept).await, serde_json::json!([WORDS, "E8"]));
        audit::check(&tab, "a form in the other language").await;
        // The Enter key presses the form's own button, not the switch before it.
        tab.client.execute("document.querySelector('#shift_code').focus()", Vec::new()).await.unwrap();
        tab.key(platform::browser::Key::Enter).await;
        tab.find("#places").await;
        assert_eq!(tab.ask("return document.documentElement.lang").await, "en");
        assert_eq!(tab.ask(kept).await, serde_json::json!([WORDS, "E8"]));
    });
}

#[test]
fn of_several_forms_the_one_that_is_being_filled_in_is_kept() {
    shared::run(async {
        let environment = environment().await;
        let world = &environment.world;
        let request = world.redirected().await;
        let tab = environment.enter(View::default(), "fr", &world.receiving).await;
        tab.goto(&environment.page(&format!("/requests/{}?action=comment", id(&request)))).await;
        tab.click("#cancel > summary").await;
        tab.fill("#cancel-comment", WORDS).await;
        tab.choose("#cancel-reason_code", "C9").await;
        tab.click("header [data-prefer]").await;
        tab.find("html[lang=en]").await;
        let kept = "return [document.querySelector('#cancel-comment').value, document.querySelector('#cancel-reason_code').value, document.querySelector('#cancel').open]";
        assert_eq!(tab.ask(kept).await, serde_json::json!([WORDS, "C9", true]));
        audit::check_from_all_sides(&tab, "an action in the other language").await;

        let unit = environment.enter(View::phone(), "fr", &world.agent).await;
        let card = format!("#ask-{}", id(&request));
        unit.click(&format!("{card} details.danger > summary")).await;
        unit.fill(&format!("#why-{}", id(&request)), WORDS).await;
        unit.click("header [data-prefer]").await;
        unit.find("html[lang=en]").await;
        let kept = format!("return [location.pathname, document.querySelector('#why-{}').value]", id(&request));
        assert_eq!(unit.ask(&kept).await, serde_json::json!(["/", WORDS]), "the place is the same too");
        // And back, though nothing more was typed.
        unit.click("header [data-prefer]").await;
        unit.find("html[lang=fr]").await;
        assert_eq!(unit.ask(&kept).await, serde_json::json!(["/", WORDS]));
    });
}
