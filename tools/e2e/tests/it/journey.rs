//! A request from new to confirmed, by school, receiving coordinator and destination agent, over REST alone; the same in both
//! shapes. At each step each of them sees what domain §7.3 lets them see, and nothing else.

use std::collections::HashMap;

use platform::{Platform, Rest, Shape};
use serde_json::{Value, json};
use testkit::{wait_for, wait_for_some};

use crate::{
    shared,
    world::{World, first_day, id, perform, text},
};

#[test]
fn a_request_travels_from_new_to_confirmed_in_one_process() {
    shared::run(async { travel(shared::platform(Shape::OneProcess).await).await });
}

#[test]
fn a_request_travels_from_new_to_confirmed_across_processes() {
    shared::run(async { travel(shared::platform(Shape::Split).await).await });
}

async fn travel(platform: &Platform) {
    let world = World::build(platform).await;
    let (school, coordinator, agent) = (&world.placing.rest, &world.receiving.rest, &world.agent.rest);

    let request = world.draft().await;
    let number = id(&request);
    let seen = async || Seen::by(&world, &number).await;
    assert_eq!(seen().await, Seen([Some(("DRAFT", "Nouvelle")), None, None].map(owned)));
    assert_eq!(numbers(school, "/v1/outbox").await, [number.as_str()]);
    assert_eq!(occupancy(&world).await, (0, 0));

    perform(school, &request, "send", json!({})).await;
    assert_eq!(seen().await, Seen([Some(("SENT", "Envoyée")), Some(("SENT", "Pend")), None].map(owned)));
    assert_eq!(numbers(coordinator, "/v1/inbox").await, [number.as_str()]);
    assert_eq!(numbers(agent, "/v1/inbox").await, [""; 0]);
    assert_eq!(occupancy(&world).await, (0, 2));

    perform(coordinator, &request, "redirect", json!({ "comment": "Pouvez-vous les recevoir ?" })).await;
    let redirected = [Some(("REDIRECTED", "Réach.")), Some(("REDIRECTED", "Redir")), Some(("REDIRECTED", "Att."))];
    let now = seen().await;
    assert_eq!(now.states(), redirected.map(|s| s.map(|(state, _)| state.to_owned())));
    assert_eq!(numbers(agent, "/v1/inbox").await, [number.as_str()]);

    let answer = json!({ "answer": "ANSWER_ACCEPT", "reasonCode": "A1", "comment": "Avec plaisir" });
    let answered = perform(agent, &request, "answer-at-destination", answer).await;
    assert_eq!(answered["state"], "STATE_ACCEPTED_BY_DESTINATION");
    let before = now;
    let now = seen().await;
    assert_eq!(now.0[0], before.0[0], "the school sees no trace of the destination's answer");
    assert_eq!(now.0[1], owned(Some(("ACCEPTED_BY_DESTINATION", "AccD, to be AccA"))));
    check_school_is_unaware(&world, &number).await;
    assert_eq!(occupancy(&world).await, (0, 2), "what is not ratified is pending");

    perform(coordinator, &request, "answer-for-agency", json!({ "answer": "ANSWER_ACCEPT" })).await;
    assert_eq!(seen().await.states(), [(); 3].map(|()| Some("ACCEPTED".to_owned())));
    assert_eq!(occupancy(&world).await, (2, 0));

    let confirmed = perform(school, &request, "confirm", json!({})).await;
    assert_eq!(confirmed["state"], "STATE_CONFIRMED");
    assert_eq!(seen().await.states(), [(); 3].map(|()| Some("CONFIRMED".to_owned())));

    check_history(&world, &number).await;
    check_mails(platform, &world, &text(&request["reference"])).await;
    check_reports(&world, &request).await;
}

/// State and label as the school, the coordinator and the agent see them; nothing where there is no such request for them.
#[derive(Debug, PartialEq)]
struct Seen([Option<(String, String)>; 3]);

impl Seen {
    async fn by(world: &World, number: &str) -> Self {
        let look = async |rest: &Rest| {
            let answer = rest.get(&format!("/v1/requests/{number}")).await;
            if answer.is_ok() {
                let request = &answer.json()["request"];
                let state = text(&request["state"]);
                let state = state.strip_prefix("STATE_").unwrap_or_default().to_owned();
                return Some((state, text(&request["stateLabel"])));
            }
            assert_eq!((answer.status.as_u16(), answer.reason().as_str()), (404, "NOT_FOUND"));
            None
        };
        Self([look(&world.placing.rest).await, look(&world.receiving.rest).await, look(&world.agent.rest).await])
    }

    fn states(&self) -> [Option<String>; 3] {
        self.0.clone().map(|seen| seen.map(|(state, _)| state))
    }
}

fn owned(seen: Option<(&str, &str)>) -> Option<(String, String)> {
    seen.map(|(state, label)| (state.to_owned(), label.to_owned()))
}

/// The requests of a list that are under way; the world's own warm-up was cancelled.
async fn numbers(rest: &Rest, path: &str) -> Vec<String> {
    let answer = rest.get(path).await.ok();
    let requests = answer["requests"].as_array().unwrap().clone();
    requests.iter().filter(|r| r["state"] != "STATE_CANCELLED").map(id).collect()
}

/// Accepted and pending students in the first week at the unit.
async fn occupancy(world: &World) -> (i64, i64) {
    let path = format!("/v1/occupancy?destinationId={}&fromDate={}&weeks=2", world.unit, first_day());
    let answer = world.placing.rest.get(&path).await.ok();
    assert_eq!(answer["weeks"][0], first_day().to_string());
    let cell = &answer["destinations"][0]["cells"][0];
    (cell["accepted"].as_i64().unwrap(), cell["pending"].as_i64().unwrap())
}

async fn check_school_is_unaware(world: &World, number: &str) {
    let school = &world.placing.rest;
    let request = school.get(&format!("/v1/requests/{number}")).await.ok()["request"].clone();
    assert_eq!((&request["reasonCode"], &request["answerComment"]), (&json!(""), &json!("")));
    let filter = async |state: &str| numbers(school, &format!("/v1/outbox?states={state}")).await;
    assert_eq!(filter("STATE_REDIRECTED").await, [number]);
    assert_eq!(filter("STATE_ACCEPTED_BY_DESTINATION").await, [""; 0]);
    let history = history(school, number).await;
    assert!(!history.iter().any(|(action, _)| action.contains("DESTINATION")), "{history:?}");
    let early = school.post(&format!("/v1/requests/{number}/confirm"), json!({})).await;
    assert_eq!((early.status.as_u16(), early.reason().as_str()), (400, "INVALID_TRANSITION"));
    assert!(!early.text().contains("BY_DESTINATION"), "{early:?}");
    // The report runs behind: the coordinator's tells when it has caught up.
    let row = async |rest: &Rest| report_row(rest, number).await.map(|row| row["state"].clone());
    wait_for("the report to catch up", async || {
        row(&world.receiving.rest).await == Some(json!("STATE_ACCEPTED_BY_DESTINATION"))
    })
    .await;
    assert_eq!(row(school).await, Some(json!("STATE_REDIRECTED")));
}

async fn history(rest: &Rest, number: &str) -> Vec<(String, String)> {
    let answer = rest.get(&format!("/v1/requests/{number}/history")).await.ok();
    let entries = answer["entries"].as_array().unwrap().clone();
    entries.iter().map(|entry| (text(&entry["action"]), text(&entry["personId"]))).collect()
}

async fn check_history(world: &World, number: &str) {
    let (school, coordinator, agent) = (&world.placing, &world.receiving, &world.agent);
    let line = |action: &str, person: &str| (action.to_owned(), person.to_owned());
    let all = [
        line("DRAFTED", &school.id),
        line("SENT", &school.id),
        line("REDIRECTED", &coordinator.id),
        line("ACCEPTED_BY_DESTINATION", &agent.id),
        line("ACCEPTED", &coordinator.id),
        line("CONFIRMED", &school.id),
    ];
    let without = |actions: &[&str]| -> Vec<_> {
        all.iter().filter(|(action, _)| !actions.contains(&action.as_str())).cloned().collect()
    };
    assert_eq!(history(&school.rest, number).await, without(&["ACCEPTED_BY_DESTINATION"]));
    assert_eq!(history(&coordinator.rest, number).await, without(&["DRAFTED"]));
    assert_eq!(history(&agent.rest, number).await, without(&["DRAFTED", "SENT"]));
}

/// Who was mailed what about the request, each once and in their language.
async fn check_mails(platform: &Platform, world: &World, reference: &str) {
    let (school, coordinator, agent) = (&world.placing.email, &world.receiving.email, &world.agent.email);
    let expected = HashMap::from([
        ((coordinator.clone(), format!("{reference}: new placement request")), 1),
        ((agent.clone(), format!("{reference}\u{a0}: une demande de stage attend votre réponse")), 1),
        ((coordinator.clone(), format!("{reference}: accepted by the destination, to be ratified")), 1),
        ((school.clone(), format!("{reference}\u{a0}: demande de stage acceptée, à confirmer")), 1),
        ((coordinator.clone(), format!("{reference}: placement confirmed")), 1),
        ((agent.clone(), format!("{reference}\u{a0}: stage confirmé")), 1),
    ]);
    let about =
        || platform.mails.mails().into_iter().filter(|m| m.subject().starts_with(reference)).collect::<Vec<_>>();
    wait_for("all mails about the request", async || about().len() >= expected.len()).await;
    let mut told: HashMap<(String, String), u32> = HashMap::new();
    for mail in about() {
        let parsed = mail.parsed();
        assert!(parsed.text_body_count() > 0 && parsed.html_body_count() > 0, "text and HTML side by side");
        let program = if mail.to[0] == *coordinator { "Nursing" } else { "Soins infirmiers" };
        for body in [mail.text(), mail.html()] {
            assert!(body.contains(&format!("{program} {}", world.word)), "in the reader's language: {body}");
        }
        *told.entry((mail.to[0].clone(), mail.subject())).or_default() += 1;
    }
    assert_eq!(told, expected);
}

async fn report_row(rest: &Rest, number: &str) -> Option<Value> {
    let answer = rest.get("/v1/reports/requests?pageSize=1000").await.ok();
    answer["rows"].as_array().unwrap().iter().find(|row| row["placementRequestId"] == number).cloned()
}

/// The report as JSON and as a file, for the school in French and for the coordinator in English.
async fn check_reports(world: &World, request: &Value) {
    let number = id(request);
    let row = wait_for_some("the confirmation in the report", async || {
        report_row(&world.placing.rest, &number).await.filter(|row| row["state"] == "STATE_CONFIRMED")
    })
    .await;
    assert_eq!(row["reference"], request["reference"]);
    assert_eq!(row["program"], format!("Soins infirmiers {}", world.word));
    assert_eq!(row["destination"], format!("4 Ouest {}", world.word));
    assert_eq!((&row["studentCount"], &row["answerDelayDays"]), (&json!(2), &json!(0)));
    for time in ["sentTime", "answeredTime", "confirmedTime"] {
        assert!(row[time].is_string(), "{time}: {row}");
    }

    let school = csv(&world.placing.rest).await;
    assert!(school.starts_with("\u{feff}Référence;"), "{school}");
    check_line(&school, &number, &format!(";Soins infirmiers {};", world.word));
    let coordinator = csv(&world.receiving.rest).await;
    assert!(coordinator.starts_with("\u{feff}Reference,Placing agency,"), "{coordinator}");
    check_line(&coordinator, &number, ",Confirmed,");
}

async fn csv(rest: &Rest) -> String {
    let answer = rest.get("/v1/reports/requests.csv").await;
    assert!(answer.is_ok(), "{answer:?}");
    assert_eq!(answer.headers["content-type"], "text/csv; charset=utf-8");
    answer.text()
}

fn check_line(file: &str, number: &str, part: &str) {
    let lines: Vec<&str> = file.lines().filter(|line| line.contains(number)).collect();
    assert!(matches!(lines[..], [line] if line.contains(part)), "{part} in {lines:?}");
}
