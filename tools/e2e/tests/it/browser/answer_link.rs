//! Someone without account answers by the link of a mail, on a phone (domain §12).

use platform::browser::View;
use serde_json::{Value, json};
use testkit::wait_for;

use super::{audit, environment};
use crate::{
    shared,
    world::{OfflineUnit, id, perform, text},
};

#[test]
fn a_mailed_link_is_answered_on_a_phone_in_french() {
    shared::run(async {
        let unit = &environment().await.world.french;
        answer(unit, View::phone(), "Vous avez accepté la demande.").await;
        refuse(unit, View::phone(), ["Vous avez refusé la demande.", "Ce lien est expiré.", "n'est plus attendue"])
            .await;
    });
}

#[test]
fn a_mailed_link_is_answered_on_a_phone_in_english() {
    shared::run(async {
        let unit = &environment().await.world.english;
        let view = View::phone().reading("en-CA");
        answer(unit, view, "You accepted the request.").await;
        refuse(unit, view, ["You declined the request.", "This link has expired.", "no longer awaited"]).await;
    });
}

/// A request that waits for a unit, and the link in the mail about it.
async fn asked(unit: &OfflineUnit) -> (Value, String) {
    let environment = environment().await;
    let world = &environment.world;
    let to = json!({ "destinationId": unit.unit });
    let request = perform(&world.receiving.rest, &world.sent().await, "redirect", to).await;
    let reference = text(&request["reference"]);
    let mail =
        environment.platform.mails.wait_for(|m| m.to == [unit.email.clone()] && m.subject().contains(&reference)).await;
    let words = mail.text();
    let link = words.split_whitespace().find(|word| word.contains("/a/")).unwrap().to_owned();
    (request, link)
}

/// A link that refuses, one that is too old, one whose answer nobody awaits any more.
async fn refuse(unit: &OfflineUnit, view: View, [declined, expired, closed]: [&str; 3]) {
    let environment = environment().await;
    let tab = environment.browser.open(view).await;
    let (_, link) = asked(unit).await;
    tab.goto(&link).await;
    tab.fill("#comment", "Trop de monde.").await;
    tab.choose("#reason", "D2").await;
    tab.click("button[value=decline]").await;
    tab.wait_until_it_says(declined).await;
    audit::check_from_all_sides(&tab, "the refusal").await;

    let (request, link) = asked(unit).await;
    let pool = environment.platform.database.as_ref().unwrap().pool_for_schema("notification").await;
    let aged = sqlx::query(
        "UPDATE answer_link SET created_at = created_at - interval '31 days', expires_at = expires_at - interval '31 days'
         WHERE placement_request_id = $1::uuid",
    );
    assert_eq!(aged.bind(id(&request)).execute(&pool).await.unwrap().rows_affected(), 1);
    tab.goto(&link).await;
    tab.wait_until_it_says(expired).await;
    audit::check_from_all_sides(&tab, "a link that is too old").await;

    let (request, link) = asked(unit).await;
    perform(&environment.world.placing.rest, &request, "cancel", json!({ "reasonCode": "C9" })).await;
    wait_for("the link to be closed", async || {
        tab.goto(&link).await;
        tab.says(closed).await
    })
    .await;
    audit::check_from_all_sides(&tab, "a link that nobody awaits").await;
}

async fn answer(unit: &OfflineUnit, view: View, accepted: &str) {
    let environment = environment().await;
    let world = &environment.world;
    let (request, link) = asked(unit).await;
    let link = &link;
    let tab = environment.browser.open(view).await;
    tab.goto(link).await;
    audit::check_from_all_sides(&tab, "the question").await;
    // Refusing without a reason is explained, and what was typed stays.
    tab.fill("#comment", "Nous manquons de préceptrices.").await;
    tab.click("button[value=decline]").await;
    tab.find("[role=alert]").await;
    assert_eq!(tab.ask("return document.querySelector('#comment').value").await, "Nous manquons de préceptrices.");
    audit::check_from_all_sides(&tab, "the question, with a fault").await;
    tab.fill("#comment", "").await;
    tab.click("button[value=accept]").await;
    tab.wait_until_it_says(accepted).await;
    audit::check_from_all_sides(&tab, "the answer").await;
    let now = world.receiving.rest.get(&format!("/v1/requests/{}", id(&request))).await.ok();
    assert_eq!(now["request"]["state"], "STATE_ACCEPTED_BY_DESTINATION");
    // The link has done its duty.
    tab.goto(link).await;
    audit::check_from_all_sides(&tab, "the link, used up").await;
    assert_eq!(tab.count("button[name=answer]").await, 0);
}
