//! A temporary password opens nothing but the choice of another (domain §4.3).

use platform::browser::View;

use super::{audit, environment, sign_in};
use crate::{
    shared,
    world::{Maker, PASSWORD, text},
};

#[test]
fn a_temporary_password_is_replaced_before_anything_else() {
    shared::run(async {
        let environment = environment().await;
        let world = &environment.world;
        let maker = Maker { platform: environment.platform, operator: &world.operator, word: &world.word, words: "" };
        let (person, _) = maker.person(&world.school, "Nouvelle", "fr").await;
        let scope = ("SCOPE_KIND_AGENCY".to_owned(), world.school.clone());
        maker.grant(&person, "ROLE_PLACING_COORDINATOR", "LEVEL_REGULAR", scope).await;
        let path = format!("/v1/people/{person}/account");
        let made = world.operator.post(&path, serde_json::json!({ "requestId": shared::fresh_id() })).await.ok();
        let (login, temporary) = (text(&made["account"]["login"]), text(&made["temporaryPassword"]));

        let tab = environment.open(View::default(), "fr").await;
        audit::check_from_all_sides(&tab, "the sign-in page").await;
        sign_in(&tab, &login, "Certainement pas, 2026!").await;
        tab.find("[role=alert]").await;
        audit::check_from_all_sides(&tab, "the sign-in page, refusing").await;
        sign_in(&tab, &login, &temporary).await;
        tab.find("#new_password").await;
        assert_eq!(tab.count("details.menu").await, 0, "nobody is signed in yet");
        tab.fill("#password", &temporary).await;
        tab.fill("#new_password", "motdepasse sans rien").await;
        tab.click("main form button.primary").await;
        tab.find(".error, [role=alert]").await;
        audit::check_from_all_sides(&tab, "a password that is too simple").await;
        tab.fill("#password", &temporary).await;
        tab.fill("#new_password", PASSWORD).await;
        tab.click("main form button.primary").await;
        tab.find("details.menu").await;
        audit::check_from_all_sides(&tab, "a home with nothing in it").await;
    });
}
