//! Pages before sign-in, menus, and what helps to build pages.

use platform::browser::View;

use super::{ENGLISH_FIRST, FRENCH_FIRST, look, owned};
use crate::{
    browser::{audit, environment, sign_in},
    shared,
    world::{Maker, Person},
};

#[test]
fn the_pages_before_sign_in_and_the_styleguide_have_no_faults() {
    shared::run(async {
        let environment = environment().await;
        let tab = environment.open(View::default(), "fr").await;
        look(&tab, FRENCH_FIRST, &owned(["/sign-in?next=%2Frequests", "/password"])).await;
        let tab = environment.enter(View::default(), "en", &environment.world.placing).await;
        look(&tab, ENGLISH_FIRST, &owned(["/password", "/styleguide"])).await;
        tab.click("details.menu > summary").await;
        audit::check_from_all_sides(&tab, "an open menu").await;
    });
}

#[test]
fn a_refused_password_and_a_delay_are_told_without_faults() {
    shared::run(async {
        let environment = environment().await;
        let world = &environment.world;
        let maker =
            Maker { platform: environment.platform, operator: &world.operator, word: &shared::fresh_word(), words: "" };
        let agency = ("SCOPE_KIND_AGENCY".to_owned(), world.school.clone());
        let regular = "LEVEL_REGULAR";
        let distracted: Person =
            maker.user(&world.school, "Distraite", "en", "ROLE_PLACING_COORDINATOR", regular, agency).await;
        let tab = environment.open(View::default(), "en").await;
        // Domain §4.3: the fourth failed attempt.
        for attempt in 0..5 {
            sign_in(&tab, &distracted.login, "Certainement pas, 2026!").await;
            tab.find("[role=alert]").await;
            if attempt == 0 {
                audit::check_from_all_sides(&tab, "a refused password").await;
            }
        }
        audit::check_from_all_sides(&tab, "a delayed sign-in").await;
        tab.goto(&environment.page("/password")).await;
        tab.fill("#login", &distracted.login).await;
        tab.fill("#password", "Certainement pas, 2026!").await;
        tab.fill("#new_password", "Et celui-ci non plus, 2026!").await;
        tab.click("main form button.primary").await;
        tab.find("[role=alert]").await;
        audit::check_from_all_sides(&tab, "a password that is not changed").await;
    });
}
