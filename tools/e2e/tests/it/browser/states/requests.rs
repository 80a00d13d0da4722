//! A request in every state that it can have, as the school, the coordinator and the agent see it.

use jiff::ToSpan as _;
use platform::{Rest, browser::View};
use serde_json::{Value, json};
use testkit::wait_for_some;
use tokio::sync::OnceCell;

use super::{ENGLISH_FIRST, FRENCH_FIRST, look};
use crate::{
    browser::environment,
    shared::{self, fresh_id},
    world::{Maker, Person, World, create, first_day, id, last_day, perform, text},
};

/// A world, and a request of it in each state by the name of the state.
struct Requests {
    world: World,
    of: Vec<Value>,
}

static REQUESTS: OnceCell<Requests> = OnceCell::const_new();

#[test]
fn the_school_sees_each_state_of_a_request_without_faults() {
    shared::run(async {
        let requests = requests().await;
        see(requests, &requests.world.placing, FRENCH_FIRST, &["cancel", "comment"]).await;
    });
}

#[test]
fn the_coordinator_sees_each_state_of_a_request_without_faults() {
    shared::run(async {
        let requests = requests().await;
        see(requests, &requests.world.receiving, ENGLISH_FIRST, &["redirect&q=nowhere", "decline-for-agency"]).await;
    });
}

#[test]
fn the_agent_sees_each_state_of_a_request_without_faults() {
    shared::run(async {
        let requests = requests().await;
        see(requests, &requests.world.agent, FRENCH_FIRST, &["decline-at-destination"]).await;
    });
}

/// Looks at the requests that somebody may see, and at one of them with some of its decisions opened.
async fn see(requests: &Requests, person: &Person, languages: [&str; 2], actions: &[&str]) {
    let mut pages = Vec::new();
    for request in &requests.of {
        let path = format!("/requests/{}", id(request));
        let seen = person.rest.get(&format!("/v1{path}")).await;
        if !seen.is_ok() {
            continue;
        }
        let state = &seen.json()["request"]["state"];
        if state == "STATE_REDIRECTED" || state == "STATE_SENT" {
            pages.extend(actions.iter().map(|action| format!("{path}?back=%2Frequests&action={action}")));
        }
        pages.push(path);
    }
    assert!(pages.len() >= 6, "{pages:?}");
    let tab = environment().await.enter(View::default(), languages[0], person).await;
    look(&tab, languages, &pages).await;
}

async fn requests() -> &'static Requests {
    let build = || {
        Box::pin(async {
            let world = World::build(environment().await.platform).await;
            let made = futures::join!(on_the_way(&world), answered(&world), settled(&world), unusual(&world));
            let of = [made.0, made.1, made.2, made.3].concat();
            let states: Vec<String> = of.iter().map(|request| text(&request["state"])).collect();
            for state in STATES {
                assert!(states.iter().any(|of| of == state), "{state} is not among {states:?}");
            }
            Requests { world, of }
        })
    };
    REQUESTS.get_or_init(build).await
}

/// All that a request can be in, but for those that are deleted, which have no page.
const STATES: [&str; 13] = [
    "STATE_DRAFT",
    "STATE_HELD",
    "STATE_SENT",
    "STATE_SENT_OFFLINE",
    "STATE_REDIRECTED",
    "STATE_REDIRECTED_OFFLINE",
    "STATE_REDIRECTED_AUTOMATICALLY",
    "STATE_ACCEPTED_BY_DESTINATION",
    "STATE_DECLINED_BY_DESTINATION",
    "STATE_ACCEPTED",
    "STATE_DECLINED",
    "STATE_CONFIRMED",
    "STATE_CANCELLED",
];

async fn on_the_way(world: &World) -> Vec<Value> {
    let sent = world.sent().await;
    let by_mail = json!({ "destinationId": world.french.unit, "comment": "Par courriel." });
    let offline = perform(&world.receiving.rest, &world.sent().await, "redirect", by_mail).await;
    let redirected = world.redirected().await;
    perform(&world.placing.rest, &redirected, "comments", json!({ "comment": "Une question.\nEt une autre." })).await;
    vec![world.draft().await, sent, offline, redirected]
}

async fn answered(world: &World) -> Vec<Value> {
    let accepted = json!({ "answer": "ANSWER_ACCEPT", "reasonCode": "A1", "comment": "Avec plaisir." });
    let declined = json!({ "answer": "ANSWER_DECLINE", "reasonCode": "D2", "comment": "Trop de monde." });
    let (unit, agency) = (&world.agent.rest, &world.receiving.rest);
    vec![
        perform(unit, &world.redirected().await, "answer-at-destination", accepted.clone()).await,
        perform(unit, &world.redirected().await, "answer-at-destination", declined.clone()).await,
        perform(agency, &world.redirected().await, "answer-for-agency", accepted).await,
        perform(agency, &world.redirected().await, "answer-for-agency", declined).await,
    ]
}

async fn settled(world: &World) -> Vec<Value> {
    let (school, agency) = (&world.placing.rest, &world.receiving.rest);
    let confirmed = async || {
        let accepted =
            perform(agency, &world.redirected().await, "answer-for-agency", json!({ "answer": "ANSWER_ACCEPT" })).await;
        perform(school, &accepted, "confirm", json!({})).await
    };
    let later = json!({
        "startDate": first_day().saturating_add(14.days()).to_string(),
        "endDate": last_day().saturating_add(14.days()).to_string(),
        "resubmit": false, "comment": "Deux semaines plus tard.",
    });
    let cancelled = json!({ "reasonCode": "C9", "comment": "Plus d’étudiants." });
    vec![
        confirmed().await,
        perform(school, &confirmed().await, "postpone", later).await,
        perform(school, &world.redirected().await, "cancel", cancelled).await,
    ]
}

/// Held until a release date, sent to an agency that does not use Tandem, redirected by itself.
async fn unusual(world: &World) -> Vec<Value> {
    let term = json!({
        "name": { "fr": format!("Trimestre {}", world.word), "en": format!("Term {}", world.word) },
        "startDate": first_day().saturating_sub(3.days()).to_string(), "endDate": last_day().saturating_add(9.days()).to_string(),
        "releaseDate": first_day().saturating_sub(21.days()).to_string(),
    });
    create(&world.operator, "/v1/terms", "term", term).await;
    let held = world.request_with(json!({ "useReleaseDate": true }));

    let maker =
        Maker { platform: environment().await.platform, operator: &world.operator, word: &world.word, words: "" };
    let elsewhere = json!({
        "kind": "AGENCY_KIND_RECEIVING", "name": format!("Ailleurs {}", world.word), "user": false, "city": "Matane",
    });
    let elsewhere = id(&create(&world.operator, "/v1/agencies", "agency", elsewhere).await);
    let (contact, _) = maker.person(&elsewhere, "Absente", "fr").await;
    let site = json!({ "agencyId": elsewhere, "name": format!("Clinique {}", world.word), "city": "Matane" });
    let site = id(&create(&world.operator, "/v1/sites", "site", site).await);
    let service = |site: &str, coordinator: &str, automatic: bool| {
        let service = json!({
            "siteId": site, "receivingCoordinatorId": coordinator, "automaticRedirect": automatic,
            "name": { "fr": format!("Chirurgie {}", world.word), "en": format!("Surgery {}", world.word) },
        });
        async move { id(&create(&world.operator, "/v1/services", "service", service).await) }
    };
    let there = service(&site, &contact, false).await;
    let offline = world.request_with(json!({ "siteId": site, "serviceId": there, "destinationId": "" }));

    let by_itself = service(&world.site, &world.receiving.id, true).await;
    // Two students do not fit into one place: whoever accepts has to say that they know.
    let unit = json!({
        "siteId": world.site, "serviceIds": [by_itself], "name": format!("7 Sud {}", world.word),
        "agentId": world.agent.id, "capacity": 1, "maximumGroupSize": 3,
    });
    let unit = id(&create(&world.operator, "/v1/destinations", "destination", unit).await);
    maker
        .grant(
            &world.agent.id,
            "ROLE_DESTINATION_COORDINATOR",
            "LEVEL_REGULAR",
            ("SCOPE_KIND_DESTINATION".into(), unit.clone()),
        )
        .await;
    let automatic = world.request_with(json!({ "serviceId": by_itself, "destinationId": unit }));

    let school = &world.placing.rest;
    vec![
        sent_as(school, &held, "STATE_HELD").await,
        sent_as(school, &offline, "STATE_SENT_OFFLINE").await,
        sent_as(school, &automatic, "STATE_REDIRECTED_AUTOMATICALLY").await,
    ]
}

/// Sends a request until what it depends on is known where it is decided what becomes of it.
async fn sent_as(school: &Rest, request: &Value, state: &str) -> Value {
    wait_for_some(state, async || {
        let body = json!({ "request": request, "requestId": fresh_id() });
        let draft = school.post("/v1/requests", body).await;
        if !draft.is_ok() {
            return None;
        }
        let sent = perform(school, &draft.json()["request"], "send", json!({})).await;
        (sent["state"] == state).then_some(sent)
    })
    .await
}
