//! Places with everything that can be said of them, closed, retired, and their forms.

use jiff::{ToSpan as _, tz::TimeZone};
use kernel::{Clock as _, SystemClock};
use platform::{Rest, browser::View};
use reqwest::Method;
use serde_json::{Value, json};

use super::{ENGLISH_FIRST, FRENCH_FIRST, look};
use crate::{
    browser::{audit, environment},
    shared,
    world::{World, create, id},
};

#[test]
fn places_in_all_their_states_have_no_faults() {
    shared::run(async {
        let environment = environment().await;
        let world = World::build(environment.platform).await;
        let told = told_in_full(&world).await;
        let (retired, left) = retired(&world).await;
        let place = |kind: &str, id: &str| format!("/places/{kind}/{id}");
        let read = vec![
            place("destinations", &told),
            place("sites", &world.site),
            place("services", &world.service),
            place("destinations", &retired),
            place("services", &left),
            format!("/places?kind=destinations&site_id={}&inactive=true", world.site),
        ];
        let on = closed(&world, json!({ "destinationId": told }), -3, 30).await;
        let ahead = closed(&world, json!({ "siteId": world.site }), 60, 70).await;
        closed(&world, json!({ "agencyId": world.hospital }), 80, 81).await;
        let written = vec![
            format!("{}/edit", place("destinations", &told)),
            format!("{}/edit", place("destinations", &retired)),
            format!("{}/edit", place("services", &left)),
            format!("/places/sites/{}/services/new", world.site),
            format!("/places/sites/{}/destinations/new", world.site),
            place("closures", &on),
            place("closures", &ahead),
            format!("/places/closures/new?agency_id={}", world.hospital),
        ];
        let school = environment.enter(View::default(), "fr", &world.placing).await;
        look(&school, FRENCH_FIRST, &read).await;
        let hospital = environment.enter(View::default(), "en", &world.receiving).await;
        look(&hospital, ENGLISH_FIRST, &[read, written].concat()).await;

        // Someone else was faster with the same form.
        hospital.goto(&environment.page(&format!("{}/edit", place("destinations", &told)))).await;
        hospital.fill("#location", "Here").await;
        update(&world.operator, &told, json!({ "location": "There" })).await;
        hospital.click("#destination-form .primary").await;
        hospital.find("[role=alert]").await;
        assert_eq!(hospital.ask("return document.querySelector('#location').value").await, "Here");
        audit::check_from_all_sides(&hospital, "a place that somebody else has changed").await;
    });
}

/// A destination with all that can be said of it.
async fn told_in_full(world: &World) -> String {
    let words = |fr: &str, en: &str| json!({ "fr": fr.repeat(12), "en": en.repeat(12) });
    let unit = json!({
        "siteId": world.site, "serviceIds": [world.service], "name": format!("8 Ouest {}", world.word),
        "shortName": "8O", "agentId": world.agent.id, "capacity": 4, "maximumGroupSize": 8, "location": "Aile B, 8e étage",
        "description": words("Médecine générale.\n", "General medicine.\n"),
        "prerequisites": words("Vaccins à jour. ", "Vaccines up to date. "),
        "shifts": ["SHIFT_DAY", "SHIFT_NIGHT"], "minimumNoticeWeeks": 6,
    });
    id(&create(&world.operator, "/v1/destinations", "destination", unit).await)
}

/// A destination and a service that are closed for good.
async fn retired(world: &World) -> (String, String) {
    let unit = json!({
        "siteId": world.site, "serviceIds": [world.service], "name": format!("9 Est {}", world.word), "capacity": 1,
        "agentId": world.agent.id, "maximumGroupSize": 1,
    });
    let unit = id(&create(&world.operator, "/v1/destinations", "destination", unit).await);
    update(&world.operator, &unit, json!({ "active": false })).await;
    let service = json!({
        "siteId": world.site, "receivingCoordinatorId": world.receiving.id,
        "name": { "fr": format!("Ancien service {}", world.word), "en": format!("Former service {}", world.word) },
    });
    let service = id(&create(&world.operator, "/v1/services", "service", service).await);
    let path = format!("/v1/services/{service}?updateMask=active");
    let answer = world.operator.call(Method::PATCH, &path, Some(json!({ "active": false }))).await;
    assert!(answer.is_ok(), "{answer:?}");
    (unit, service)
}

/// Changes some fields of a destination, whoever may.
async fn update(rest: &Rest, unit: &str, fields: Value) {
    let mask: Vec<&str> = fields.as_object().unwrap().keys().map(String::as_str).collect();
    let path = format!("/v1/destinations/{unit}?updateMask={}", mask.join(","));
    let answer = rest.call(Method::PATCH, &path, Some(fields)).await;
    assert!(answer.is_ok(), "{answer:?}");
}

/// Closes a place from and to some days from today on; answers the closure.
async fn closed(world: &World, place: Value, from: i32, to: i32) -> String {
    let day = |days: i32| SystemClock.today(&TimeZone::UTC).saturating_add(days.days()).to_string();
    let mut closure = json!({
        "startDate": day(from), "endDate": day(to), "reason": "CLOSURE_REASON_OTHER",
        "severity": "CLOSURE_SEVERITY_SUSPEND_CURRENT", "note": "Dégât d’eau au 8e étage.\nRéouverture prévue sous peu.",
    });
    for (name, value) in place.as_object().unwrap() {
        closure[name] = value.clone();
    }
    id(&create(&world.receiving.rest, "/v1/closures", "closure", closure).await)
}
