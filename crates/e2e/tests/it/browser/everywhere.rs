//! Every page of every role, where every name is hostile and long and lists are crowded: nothing of a name is taken for a
//! part of the page, nothing is cut or wider than the screen, axe-core finds nothing.

use serde_json::json;
use testkit::browser::{Tab, View};
use tokio::sync::OnceCell;

use super::{audit, stage};
use crate::{
    shared,
    world::{Person, World, act, create, first_day, id, last_day},
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

/// A world of hostile names, with forty more units and requests in every state of the main job.
async fn world() -> &'static World {
    let build = || async {
        let world = World::build_named(stage().await.platform, HOSTILE).await;
        for number in 1..=40 {
            let unit = json!({
                "siteId": world.site, "serviceIds": [world.service], "name": format!("{number} Est{HOSTILE}"),
                "agentId": world.french.agent, "capacity": number % 7, "maximumGroupSize": 8,
            });
            create(&world.operator, "/v1/destinations", "destination", unit).await;
        }
        let closure = json!({
            "destinationId": world.unit, "startDate": first_day().to_string(), "endDate": last_day().to_string(),
            "reason": "CLOSURE_REASON_OTHER", "severity": "CLOSURE_SEVERITY_WARN", "note": HOSTILE,
        });
        let _ = world.receiving.rest.post("/v1/closures", json!({ "closure": closure, "requestId": shared::fresh_id() })).await;
        for _ in 0..3 {
            let sent = world.sent().await;
            act(&world.placing.rest, &sent, "comments", json!({ "comment": HOSTILE })).await;
        }
        world
    };
    WORLD.get_or_init(build).await
}

/// Where someone goes, with requests of their own in several states.
async fn addresses(world: &World, who: &str) -> Vec<String> {
    let of = |request: &serde_json::Value| format!("/requests/{}", id(request));
    let mut all: Vec<String> = ["/", "/requests", "/requests?more=1&state=sent&query=zzz", "/occupancy", "/places", "/password"]
        .map(str::to_owned)
        .into();
    let place = |kind: &str, id: &str| format!("/places/{kind}/{id}");
    all.extend([place("sites", &world.site), place("services", &world.service), place("destinations", &world.unit)]);
    match who {
        "placing" => {
            let draft = world.draft().await;
            let accepted = act(&world.receiving.rest, &world.sent().await, "answer-for-agency", json!({ "answer": "ANSWER_ACCEPT", "comment": HOSTILE })).await;
            all.extend([of(&draft), format!("{}/edit", of(&draft)), of(&accepted), "/requests/new".into(), "/places/find".into()]);
        }
        "receiving" => {
            let sent = world.sent().await;
            let at_unit = act(&world.agent.rest, &world.redirected().await, "answer-at-destination", json!({ "answer": "ANSWER_DECLINE", "reasonCode": "D2", "comment": HOSTILE })).await;
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
    let stage = stage().await;
    let tab = stage.enter(View::default(), language, person).await;
    for address in addresses {
        tab.resize(View::default()).await;
        tab.goto(&stage.page(address)).await;
        unfold(&tab).await;
        audit::check_in_both_colours(&tab, "wide").await;
        for (view, what) in [(View::zoomed(), "at 200 %"), (View::phone(), "on a phone")] {
            tab.resize(view).await;
            audit::check_shape(&tab, what).await;
        }
        assert_eq!(tab.ask("return typeof hacked").await, "undefined", "{address} ran what a name holds");
    }
}

/// Opens whatever is folded: what is hidden is not looked at.
async fn unfold(tab: &Tab) {
    tab.ask("document.querySelectorAll('main details').forEach(d => { d.open = true })").await;
}
