//! Every page of every role, where every name is hostile and long and lists are crowded: nothing of a name is taken for a
//! part of the page, nothing is cut or wider than the screen, axe-core finds nothing.

use std::collections::BTreeMap;

use futures::{StreamExt as _, stream};
use jiff::ToSpan as _;
use platform::browser::{Tab, View};
use proto::identity::v1::Role;
use serde_json::json;
use tokio::sync::OnceCell;

use super::{audit, environment, sign_in};
use crate::{
    everyone::{self, Someone},
    shared,
    world::{PASSWORD, Person, World, create, id, last_day, perform},
};

/// What every name ends in; with it, names of places have some eighty characters.
const HOSTILE: &str = " <script>hacked=1</script>\"><img src=x onerror=hacked=1>{{7*7}}";

static WORLD: OnceCell<World> = OnceCell::const_new();

#[test]
fn the_schools_pages_stand_hostile_names_and_crowds() {
    shared::run(async {
        let world = world().await;
        visit(&world.placing, "fr", &addresses(world, "placing").await).await;
    });
}

#[test]
fn the_hospitals_pages_stand_hostile_names_and_crowds() {
    shared::run(async {
        let world = world().await;
        visit(&world.receiving, "en", &addresses(world, "receiving").await).await;
    });
}

#[test]
fn the_units_pages_stand_hostile_names_and_crowds() {
    shared::run(async {
        let world = world().await;
        visit(&world.agent, "fr", &addresses(world, "agent").await).await;
    });
}

/// Units that the crowded site has besides.
const MANY: u32 = 300;

/// A world of hostile names, with a crowded site and a request that all have commented on.
async fn world() -> &'static World {
    let build = || async {
        let world = World::build_named(environment().await.platform, HOSTILE).await;
        let units = stream::iter(1..=MANY).map(|number| {
            let unit = json!({
                "siteId": world.site, "serviceIds": [world.service], "name": format!("{number} Est{HOSTILE}"),
                "agentId": world.french.agent, "capacity": number % 7, "maximumGroupSize": 8,
            });
            create(&world.operator, "/v1/destinations", "destination", unit)
        });
        units.buffer_unordered(8).count().await;
        let closure = json!({
            "destinationId": world.unit, "startDate": last_day().saturating_add(3.days()).to_string(),
            "endDate": last_day().saturating_add(9.days()).to_string(),
            "reason": "CLOSURE_REASON_OTHER", "severity": "CLOSURE_SEVERITY_HOLD_NEW_REQUESTS", "note": HOSTILE,
        });
        create(&world.receiving.rest, "/v1/closures", "closure", closure).await;
        for _ in 0..3 {
            let sent = world.sent().await;
            perform(&world.placing.rest, &sent, "comments", json!({ "comment": HOSTILE })).await;
        }
        world
    };
    WORLD.get_or_init(build).await
}

/// Where someone goes, with requests of their own in several states.
async fn addresses(world: &World, who: &str) -> Vec<String> {
    let of = |request: &serde_json::Value| format!("/requests/{}", id(request));
    let mut all: Vec<String> =
        ["/", "/requests", "/requests?more=1&state=sent&query=zzz", "/occupancy", "/places", "/password"]
            .map(str::to_owned)
            .into();
    let place = |kind: &str, id: &str| format!("/places/{kind}/{id}");
    all.extend([place("sites", &world.site), place("services", &world.service), place("destinations", &world.unit)]);
    match who {
        "placing" => {
            let draft = world.draft().await;
            let accepted = perform(
                &world.receiving.rest,
                &world.sent().await,
                "answer-for-agency",
                json!({ "answer": "ANSWER_ACCEPT", "comment": HOSTILE }),
            )
            .await;
            all.extend([
                of(&draft),
                format!("{}/edit", of(&draft)),
                of(&accepted),
                "/requests/new".into(),
                "/places/find".into(),
            ]);
        }
        "receiving" => {
            let sent = world.sent().await;
            let at_unit = perform(
                &world.agent.rest,
                &world.redirected().await,
                "answer-at-destination",
                json!({ "answer": "ANSWER_DECLINE", "reasonCode": "D2", "comment": HOSTILE }),
            )
            .await;
            all.extend([of(&sent), of(&at_unit), "/requests/new".into(), "/nowhere".into()]);
            all.extend([
                format!("/occupancy?site_id={}", world.site),
                format!("/places?kind=destinations&site_id={}", world.site),
                format!("/places/services/{}/edit", world.service),
                format!("/places/destinations/{}/edit", world.unit),
                format!("/places/sites/{}/destinations/new", world.site),
                format!("/places/closures/new?destination_id={}", world.unit),
                "/styleguide".into(),
            ]);
        }
        _ => all.push(of(&world.redirected().await)),
    }
    all
}

/// Looks at each page from all sides.
async fn visit(person: &Person, language: &'static str, addresses: &[String]) {
    let environment = environment().await;
    let tab = environment.enter(View::default(), language, person).await;
    for address in addresses {
        tab.goto(&environment.page(address)).await;
        unfold(&tab).await;
        let status = tab.ask("return performance.getEntriesByType('navigation')[0].responseStatus").await;
        assert_eq!(status, if address == "/nowhere" { 404 } else { 200 }, "{address}");
        audit::check_from_all_sides(&tab, "hostile").await;
        assert_eq!(tab.ask("return typeof hacked").await, "undefined", "{address} ran what a name holds");
    }
}

/// Sends a form with nothing filled in, past the browser's own checks, by a button of it.
const SEND_EMPTY: &str = "
    const [form, button] = [...arguments].map(css => document.querySelector(css));
    form.noValidate = true;
    for (const field of form.querySelectorAll('input:not([type=hidden], [type=radio], [type=checkbox]), textarea')) field.value = '';
    form.requestSubmit(button)";

#[test]
fn forms_with_faults_say_so_to_everybody() {
    shared::run(async {
        let (environment, world) = (environment().await, world().await);
        let school = environment.enter(View::default(), "fr", &world.placing).await;
        let hospital = environment.enter(View::default(), "en", &world.receiving).await;
        let forms = [
            (&school, "/requests/new".to_owned(), "#new-request", "#send"),
            (
                &hospital,
                format!("/places/closures/new?destination_id={}", world.unit),
                "#closure-form",
                "#closure-form .primary",
            ),
            (&hospital, format!("/places/services/{}/edit", world.service), "#service-form", "#service-save"),
            (
                &hospital,
                format!("/places/destinations/{}/edit", world.unit),
                "main form.p-form",
                "main form.p-form .primary",
            ),
        ];
        for (tab, address, form, button) in forms {
            tab.goto(&environment.page(&address)).await;
            tab.client.execute(SEND_EMPTY, vec![json!(form), json!(button)]).await.unwrap();
            tab.find(".error").await;
            audit::check_from_all_sides(tab, "a form with faults").await;
        }
        school.goto(&environment.page("/requests?period=custom&from=2020-02-01&to=2020-01-01")).await;
        audit::check_from_all_sides(&school, "a filter with faults").await;
    });
}

#[test]
fn every_role_has_pages_without_faults() {
    shared::run(async {
        let environment = environment().await;
        let everyone = everyone::of(environment.platform, &environment.world).await;
        let tab = environment.open(View::default(), "fr").await;
        let roles: BTreeMap<Role, &Someone> = everyone.iter().map(|someone| (someone.role, someone)).collect();
        assert_eq!(roles.len(), 12);
        for (role, someone) in roles {
            sign_in(&tab, &someone.login, PASSWORD).await;
            tab.find("details.menu").await;
            let sections =
                tab.ask("return [...document.querySelectorAll('nav.rooms a')].map(a => a.getAttribute('href'))").await;
            for section in sections.as_array().unwrap() {
                tab.goto(&environment.page(section.as_str().unwrap())).await;
                let status = tab.ask("return performance.getEntriesByType('navigation')[0].responseStatus").await;
                assert_eq!(status, 200, "{role:?} is offered {section}");
                audit::check(&tab, &format!("{role:?}")).await;
            }
            tab.click("details.menu > summary").await;
            tab.click("form[action='/sign-out'] button").await;
            tab.find("#password").await;
        }
    });
}

/// Opens whatever is folded: what is hidden is not looked at.
pub(super) async fn unfold(tab: &Tab) {
    tab.ask("document.querySelectorAll('main details').forEach(d => { d.open = true })").await;
}
