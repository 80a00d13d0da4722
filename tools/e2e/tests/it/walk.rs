//! A walk through random lives of requests, read by everything that Tandem says: API, report in both formats, pages, files and
//! mails. Nothing that a school can read moves when a unit answers, and nothing that a host can read while a request is none of
//! its business.

use std::fmt::Write as _;

use platform::Platform;
use serde_json::{Value, json};
use testkit::wait_for;

use crate::{
    pages::Visitor,
    shared,
    world::{Person, World, first_day, id, last_day, post, text},
};

/// The most that is done, and how many answers of units are enough.
const STEPS: usize = 400;
const HIDDEN: usize = 10;

/// A generator with a seed, so that a walk that fails can be walked again.
struct Dice(u64);

impl Dice {
    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        &of[usize::try_from(self.0 >> 33).unwrap() % of.len()]
    }
}

/// Somebody who reads, by program and by browser.
struct Reader<'a> {
    person: &'a Person,
    visitor: Visitor,
    /// `outbox` or `inbox`.
    list: &'static str,
}

impl<'a> Reader<'a> {
    async fn new(platform: &Platform, person: &'a Person, list: &'static str) -> Self {
        Self { person, visitor: Visitor::signed_in(platform, person).await, list }
    }

    /// All that is said to them, one answer to a line.
    async fn everything(&self, platform: &Platform, world: &World, requests: &[String]) -> Vec<String> {
        let mut all = Vec::new();
        for path in self.paths(world, requests) {
            let answer = self.person.rest.get(&path).await;
            // A refusal carries the id of its trace.
            let said = if answer.is_ok() { answer.text() } else { format!("{} {}", answer.status, answer.reason()) };
            all.push(format!("{path}: {said}"));
        }
        for path in self.pages(world, requests) {
            let page = self.visitor.get(&path).await;
            let body = if page.status.is_success() { plain(&page.body) } else { String::new() };
            all.push(format!("page {path}: {} {body}", page.status));
        }
        all.extend(self.mails(platform));
        all
    }

    fn paths(&self, world: &World, requests: &[String]) -> Vec<String> {
        let (list, report) = (format!("/v1/{}", self.list), "/v1/reports/requests");
        let mut paths = vec![
            "/v1/worklist".to_owned(),
            format!("{report}?pageSize=1"),
            format!("{report}.csv"),
            format!("{list}?orderBy=update_time+desc&includeTotalSize=true"),
            format!("{list}?orderBy=reference"),
            format!("{list}?pageSize=1"),
            format!("{list}?overdue=true"),
            format!("{list}?changedByOthers=true"),
        ];
        if self.list == "outbox" {
            paths.push(format!("/v1/occupancy?siteId={}&fromDate={}&weeks=8", world.site, first_day()));
        }
        for id in requests {
            paths.extend(["", "/history", "/contacts"].map(|part| format!("/v1/requests/{id}{part}")));
        }
        for state in STATES {
            paths.push(format!("{list}?states=STATE_{state}"));
            paths.push(format!("{report}?filter.states=STATE_{state}"));
            paths.push(format!("{report}.csv?filter.states=STATE_{state}"));
        }
        paths
    }

    /// Sums of what was sent are everybody's (domain §10): only a school reads no more there than its requests tell it.
    fn pages(&self, world: &World, requests: &[String]) -> Vec<String> {
        let mut pages = ["/", "/requests", "/requests.csv", "/reports", "/reports.csv"].map(str::to_owned).to_vec();
        if self.list == "outbox" {
            pages.push(format!("/places/destinations/{}", world.unit));
        }
        pages.extend(requests.iter().map(|id| format!("/requests/{id}")));
        pages
    }

    fn mails(&self, platform: &Platform) -> Vec<String> {
        let own = platform.mails.mails().into_iter().filter(|mail| mail.to.contains(&self.person.email));
        own.map(|mail| format!("mail {}: {}", mail.subject(), mail.text())).collect()
    }
}

const STATES: [&str; 14] = [
    "DRAFT",
    "HELD",
    "SENT",
    "SENT_OFFLINE",
    "REDIRECTED",
    "REDIRECTED_OFFLINE",
    "REDIRECTED_AUTOMATICALLY",
    "ACCEPTED_BY_DESTINATION",
    "DECLINED_BY_DESTINATION",
    "ACCEPTED",
    "DECLINED",
    "CONFIRMED",
    "CANCELLED",
    "DELETED",
];

/// A page without what is made anew for each reading: the values of hidden fields, which name the reading, not the request.
fn plain(page: &str) -> String {
    let mut plain = String::new();
    for (at, part) in page.split("type=\"hidden\"").enumerate() {
        let Some((field, rest)) = part.split_once('>').filter(|_| at > 0) else {
            plain.push_str(part);
            continue;
        };
        let made_anew = ["form_token", "request_id"].iter().any(|name| field.contains(&format!("name=\"{name}\"")));
        write!(plain, "{}>{rest}", if made_anew { "" } else { field }).unwrap();
    }
    plain
}

fn same(before: &[String], after: &[String], what: &str) {
    for (before, after) in before.iter().zip(after) {
        assert_eq!(before, after, "{what}");
    }
    assert_eq!(before.len(), after.len(), "{what}");
}

/// The body of an action, which may be one of two.
fn body(world: &World, action: &str, dice: &mut Dice) -> Option<(&'static str, Value)> {
    let unit = *dice.one(&[world.unit.as_str(), world.french.unit.as_str()]);
    let answer = dice
        .one(&[json!({ "answer": "ANSWER_ACCEPT" }), json!({ "answer": "ANSWER_DECLINE", "reasonCode": "D2" })])
        .clone();
    let later = json!({ "startDate": first_day().to_string(), "endDate": last_day().tomorrow().unwrap().to_string() });
    Some(match action {
        "ACTION_SEND" => ("send", json!({})),
        "ACTION_REDIRECT" => ("redirect", json!({ "destinationId": unit })),
        "ACTION_ANSWER_AT_DESTINATION" => ("answer-at-destination", answer),
        "ACTION_ANSWER_FOR_AGENCY" => ("answer-for-agency", answer),
        "ACTION_CONFIRM" => ("confirm", json!({})),
        "ACTION_CANCEL" => ("cancel", json!({ "reasonCode": "C1" })),
        "ACTION_REACTIVATE" => ("reactivate", json!({})),
        "ACTION_CHANGE_DATES" => ("change-dates", later),
        "ACTION_CHANGE_DESTINATION" => ("change-destination", json!({ "destinationId": unit })),
        "ACTION_COMMENT" => ("comments", json!({ "comment": "Merci." })),
        _ => return None,
    })
}

/// An action as often as it is likelier than others: requests are to come where units answer, and to stay there for a while.
fn weighted(action: String) -> Vec<String> {
    let weight = match action.as_str() {
        "ACTION_ANSWER_AT_DESTINATION" => 12,
        "ACTION_SEND" | "ACTION_REDIRECT" | "ACTION_REACTIVATE" => 6,
        "ACTION_UPDATE" | "ACTION_DELETE" | "ACTION_POSTPONE" => 0,
        _ => 1,
    };
    vec![action; weight]
}

/// Where the coordinator's report and list say that a request stands; they agree once the report has caught up.
async fn settled(world: &World, request: &str) {
    let rest = &world.receiving.rest;
    let listed = rest.get(&format!("/v1/requests/{request}")).await;
    let listed = if listed.is_ok() { listed.json()["request"]["state"].clone() } else { Value::Null };
    wait_for("the report to catch up", async || {
        let report = rest.get("/v1/reports/requests?pageSize=1000").await.ok();
        let row = report["rows"].as_array().unwrap().iter().find(|row| row["placementRequestId"] == *request).cloned();
        row.map_or(Value::Null, |row| row["state"].clone()) == listed
    })
    .await;
}

#[test]
fn nobody_reads_what_is_none_of_their_business_whatever_happens() {
    shared::run(async {
        let platform = shared::pages().await;
        let (world, other) = (World::build(platform).await, World::build(platform).await);
        let stranger = Reader::new(platform, &other.receiving, "inbox").await;
        let school = Reader::new(platform, &world.placing, "outbox").await;
        let coordinator = Reader::new(platform, &world.receiving, "inbox").await;
        let agent = Reader::new(platform, &world.agent, "inbox").await;

        let before =
            [coordinator.everything(platform, &world, &[]).await, agent.everything(platform, &world, &[]).await];
        let requests = [id(&world.draft().await), id(&world.draft().await)];
        // The report has taken the drafts in once the school reads them there.
        wait_for("the drafts in the school's report", async || {
            let report = world.placing.rest.get("/v1/reports/requests?filter.states=STATE_DRAFT").await.ok();
            report["rows"].as_array().unwrap().len() >= requests.len()
        })
        .await;
        same(&before[0], &coordinator.everything(platform, &world, &[]).await, "a coordinator noticed a draft");
        same(&before[1], &agent.everything(platform, &world, &[]).await, "a unit noticed a draft");

        let strange = stranger.everything(platform, &world, &requests).await;
        let hidden = walk(platform, &world, &school, requests.clone()).await;
        assert_eq!(hidden, HIDDEN, "answers that the school did not notice");
        same(&strange, &stranger.everything(platform, &world, &requests).await, "another hospital noticed something");
    });
}

/// Lets people do what they are offered until units have answered [`HIDDEN`] times, and compares what the school reads before
/// and after each of these answers. A request that nobody can do anything with gives way to a new one.
async fn walk(platform: &Platform, world: &World, school: &Reader<'_>, mut requests: [String; 2]) -> usize {
    let (mut dice, mut hidden) = (Dice(7), 0);
    let people = [&world.placing, &world.receiving, &world.agent];
    for _ in 0..STEPS {
        if hidden == HIDDEN {
            break;
        }
        let at = *dice.one(&[0, 1]);
        let mut offered = Vec::new();
        for person in people {
            let seen = person.rest.get(&format!("/v1/requests/{}", requests[at])).await;
            let actions = if seen.is_ok() { seen.json()["request"]["actions"].clone() } else { json!([]) };
            let weighted = actions.as_array().unwrap().iter().map(text).flat_map(weighted);
            offered.extend(weighted.map(|action| (person, action)));
        }
        let Some((person, action)) = (!offered.is_empty()).then(|| dice.one(&offered).clone()) else {
            requests[at] = id(&world.draft().await);
            continue;
        };
        let Some((verb, fields)) = body(world, &action, &mut dice) else { continue };
        let is_hidden = verb == "answer-at-destination";
        let before = if is_hidden { Some(calm(platform, world, school, &requests).await) } else { None };
        let what = format!("{verb} {fields} by {}", person.login);
        if !post(&person.rest, &json!({ "id": requests[at] }), verb, fields).await.is_ok() {
            continue;
        }
        settled(world, &requests[at]).await;
        if let Some(before) = before {
            // Notification has taken it in too: the coordinator has been told.
            mailed(platform, world, &requests[at]).await;
            same(&before, &school.everything(platform, world, &requests).await, &what);
            hidden += 1;
        }
    }
    hidden
}

/// What the school reads once nothing is under way any more: pages note that they were opened, and mails take a moment.
async fn calm(platform: &Platform, world: &World, school: &Reader<'_>, requests: &[String]) -> Vec<String> {
    for request in requests {
        settled(world, request).await;
    }
    let mut read = school.everything(platform, world, requests).await;
    wait_for("what the school reads to come to rest", async || {
        let again = school.everything(platform, world, requests).await;
        let rests = again == read;
        read = again;
        rests
    })
    .await;
    read
}

/// Waits until the coordinator has been mailed what the unit has answered last.
async fn mailed(platform: &Platform, world: &World, request: &str) {
    let request = world.receiving.rest.get(&format!("/v1/requests/{request}")).await.ok()["request"].clone();
    let answer = if request["state"] == "STATE_ACCEPTED_BY_DESTINATION" { "accepted" } else { "declined" };
    let subject = format!("{}: {answer} by the destination, to be ratified", text(&request["reference"]));
    // Whoever answered on behalf of the unit is not mailed about it.
    let by_coordinator = world.receiving.rest.get(&format!("/v1/requests/{}/history", text(&request["id"]))).await.ok()
        ["entries"]
        .as_array()
        .unwrap()
        .last()
        .is_some_and(|entry| entry["personId"] == world.receiving.id.as_str());
    if !by_coordinator {
        wait_for("the coordinator's mail", async || {
            platform.mails.mails().iter().any(|mail| mail.to[0] == world.receiving.email && mail.subject() == subject)
        })
        .await;
    }
}
