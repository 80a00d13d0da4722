//! Someone without account answers by the link of a mail, on a phone (domain §12).

use serde_json::json;
use testkit::browser::View;

use super::{audit, stage};
use crate::{
    shared,
    world::{OfflineUnit, act, id, text},
};

#[test]
fn a_mailed_link_is_answered_on_a_phone_in_french() {
    shared::run(async {
        let unit = &stage().await.world.french;
        answer(unit, View::phone(), "Vous avez accepté la demande.").await;
    });
}

#[test]
fn a_mailed_link_is_answered_on_a_phone_in_english() {
    shared::run(async {
        let unit = &stage().await.world.english;
        answer(unit, View::phone().reading("en-CA"), "You accepted the request.").await;
    });
}

async fn answer(unit: &OfflineUnit, view: View, accepted: &str) {
    let stage = stage().await;
    let world = &stage.world;
    let to = json!({ "destinationId": unit.unit });
    let request = act(&world.receiving.rest, &world.sent().await, "redirect", to).await;
    let reference = text(&request["reference"]);
    let mail =
        stage.platform.mails.wait_for(|m| m.to == [unit.email.clone()] && m.subject().contains(&reference)).await;
    let words = mail.text();
    let link = words.split_whitespace().find(|word| word.contains("/a/")).unwrap();

    let tab = stage.browser.open(view).await;
    tab.goto(link).await;
    audit::check_in_both_colours(&tab, "the question").await;
    // Refusing without a reason is explained, and what was typed stays.
    tab.fill("#comment", "Nous manquons de préceptrices.").await;
    tab.click("button[value=decline]").await;
    tab.find("[role=alert]").await;
    assert_eq!(tab.ask("return document.querySelector('#comment').value").await, "Nous manquons de préceptrices.");
    audit::check_in_both_colours(&tab, "the question, with a fault").await;
    tab.fill("#comment", "").await;
    tab.click("button[value=accept]").await;
    tab.wait_until_it_says(accepted).await;
    audit::check_in_both_colours(&tab, "the answer").await;
    let now = world.receiving.rest.get(&format!("/v1/requests/{}", id(&request))).await.ok();
    assert_eq!(now["request"]["state"], "STATE_ACCEPTED_BY_DESTINATION");
    // The link has done its duty.
    tab.goto(link).await;
    audit::check_in_both_colours(&tab, "the link, used up").await;
    assert_eq!(tab.count("button[name=answer]").await, 0);
}
