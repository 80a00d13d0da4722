//! Language, colours and role are changed on any page.

use platform::browser::View;

use super::{audit, environment};
use crate::{
    shared,
    world::{Maker, Person},
};

#[test]
fn another_language_and_other_colours_keep_the_place() {
    shared::run(async {
        let environment = environment().await;
        let tab = environment.enter(View::default(), "fr", &environment.world.placing).await;
        let place = "/requests?query=abc&period=past";
        tab.goto(&environment.page(place)).await;
        assert_eq!(tab.ask("return document.documentElement.lang").await, "fr");
        tab.click("header a[hreflang=en]").await;
        tab.find("html[lang=en]").await;
        assert_eq!(tab.address().await, environment.page(place));
        assert_eq!(tab.ask("return document.querySelector('#query').value").await, "abc");
        tab.click("details.menu > summary").await;
        audit::check_from_all_sides(&tab, "an open menu").await;
        tab.click("details.menu a[href^='/theme/dark']").await;
        tab.find("html[data-theme=dark]").await;
        assert_eq!(tab.address().await, environment.page(place));
        tab.click("header a[hreflang=fr]").await;
        tab.find("html[lang=fr][data-theme=dark]").await;
        assert_eq!(tab.address().await, environment.page(place));
        tab.click("details.menu > summary").await;
        tab.click("form[action='/sign-out'] button").await;
        tab.find("#password").await;
        tab.goto(&environment.page(place)).await;
        tab.find("#password").await;
    });
}

#[test]
fn one_who_has_two_roles_works_in_one_and_switches() {
    shared::run(async {
        let environment = environment().await;
        let world = &environment.world;
        let maker = Maker { platform: environment.platform, operator: &world.operator, word: &world.word, words: "" };
        let (id, email) = maker.person(&world.hospital, "Double", "fr").await;
        let agency = || ("SCOPE_KIND_AGENCY".to_owned(), world.hospital.clone());
        maker.grant(&id, "ROLE_RECEIVING_COORDINATOR", "LEVEL_REGULAR", agency()).await;
        maker.grant(&id, "ROLE_SUPERVISOR", "LEVEL_REGULAR", agency()).await;
        let (login, rest) = maker.account(&id).await;
        let person = Person { id, email, login, rest };
        let tab = environment.enter(View::default(), "fr", &person).await;
        let inbox = "nav.rooms a[href='/requests']";
        let before = tab.count(inbox).await;
        tab.click("details.menu > summary").await;
        audit::check(&tab, "a menu with roles").await;
        tab.click("form[action='/role'] button").await;
        tab.find(".toast").await;
        audit::check_from_all_sides(&tab, "a role just taken").await;
        assert_ne!(tab.count(inbox).await, before, "one of the roles has no inbox");
        tab.click(".toast [data-dismiss]").await;
        assert_eq!(tab.count(".toast").await, 0);
    });
}
