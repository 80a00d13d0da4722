//! Ends of all kinds: asked to stop, interrupted, cut off in the middle of work. What was answered well is kept, what an
//! event causes happens once, and a repeated call finishes what was cut off.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

use platform::{OPERATORS_PASSWORD, Platform, Rest, Setup, Shape};
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{wait_for, wait_for_some};

use crate::{
    shared::{self, fresh_id},
    world::{World, id, text},
};

/// Requests that are under way when the lights go out.
const STREAMS: usize = 4;
/// Mails that may be under way at the same time (`notification.senders`), and so be sent again after a crash.
const SENDERS: usize = 16;
/// Requests that have come through before the lights go out.
const ENOUGH: usize = 40;

#[test]
fn a_second_start_keeps_the_data_of_its_own_cluster() {
    shared::run(async {
        let mut platform = Setup::new(Shape::OneProcess).with_own_cluster().start().await;
        let world = World::build(&platform).await;
        let request = world.redirected().await;
        let path = format!("/v1/requests/{}", id(&request));
        let login = platform.operators_login();
        let before = world.receiving.rest.get(&path).await.ok();
        platform.stop().await;
        let lock = platform.folder().join("data/postgres/data/postmaster.pid");
        assert!(!lock.exists(), "the cluster was shut down, not killed");
        assert!(world.receiving.rest.try_send(world.receiving.rest.request(Method::GET, &path)).await.is_err());

        platform.start_again().await;
        assert!(
            !platform.output().contains("First operator"),
            "the first start's operator is there: {}",
            platform.output()
        );
        let operator = platform.rest().sign_in(&login, OPERATORS_PASSWORD).await;
        assert!(operator.get("/v1/agencies").await.ok().to_string().contains(&world.word));
        assert_eq!(world.receiving.rest.get(&path).await.ok(), before, "and so is every token that still holds");
        assert_eq!(world.sign_in_again(&platform).await.get(&path).await.ok()["request"]["state"], "STATE_REDIRECTED");
        platform.interrupt().await;
        assert!(!lock.exists());
    });
}

#[test]
fn ctrl_c_stops_all_processes_cleanly() {
    shared::run(async {
        let mut platform = Platform::start(Shape::Split).await;
        assert!(platform.rest().get("/.well-known/jwks.json").await.is_ok());
        platform.interrupt().await;
        let gone = platform.rest();
        assert!(gone.try_send(gone.request(Method::GET, "/.well-known/jwks.json")).await.is_err());
    });
}

#[test]
fn a_power_cut_loses_nothing_that_was_answered() {
    shared::run(async {
        let mut platform = Platform::start(Shape::OneProcess).await;
        let world = World::build(&platform).await;
        let entries = stream_until(&world, async || platform.kill().await).await;
        platform.start_again().await;
        check_nothing_is_lost_or_doubled(&platform, &world, entries).await;
    });
}

#[test]
fn a_process_that_ends_by_itself_is_started_again_and_loses_nothing_that_was_answered() {
    shared::run(async {
        let platform = Platform::start(Shape::Split).await;
        let world = World::build(&platform).await;
        let entries = stream_until(&world, async || platform.kill_service("placement")).await;
        wait_for_answers(&world).await;
        assert!(platform.output().contains("has ended by itself and is started again"), "{}", platform.output());
        check_nothing_is_lost_or_doubled(&platform, &world, entries).await;
    });
}

#[test]
fn a_database_of_its_own_that_ends_is_started_again_and_loses_nothing_that_was_answered() {
    shared::run(async {
        let platform = Setup::new(Shape::OneProcess).with_own_cluster().start().await;
        let world = World::build(&platform).await;
        let entries = stream_until(&world, async || platform.kill_database()).await;
        wait_for_answers(&world).await;
        check_nothing_is_lost_or_doubled(&platform, &world, entries).await;
    });
}

#[test]
fn nothing_outlives_the_first_process() {
    shared::run(async {
        let mut platform = Platform::start(Shape::Split).await;
        platform.kill_first_process().await;
        platform.start_again().await;
        assert!(platform.rest().get("/.well-known/jwks.json").await.is_ok());
    });
}

/// Waits until the school's requests are answered again.
async fn wait_for_answers(world: &World) {
    let rest = &world.placing.rest;
    wait_for("answers", async || {
        let outbox = rest.try_send(rest.request(Method::GET, "/v1/outbox?pageSize=1")).await;
        outbox.is_ok_and(|answer| answer.is_ok())
    })
    .await;
}

/// One request on its way: what was asked, and what was answered before the end.
#[derive(Clone)]
struct Entry {
    create: Value,
    send: Value,
    created: Option<Value>,
    sent: bool,
}

/// Creates and sends requests in several streams until `end` comes over them, or, where they did not notice, has come.
async fn stream_until(world: &World, end: impl AsyncFnOnce()) -> Vec<Entry> {
    let (entries, through, over) = (Mutex::new(Vec::new()), AtomicUsize::new(0), AtomicBool::new(false));
    let streams = futures::future::join_all((0..STREAMS).map(|_| async {
        while !over.load(Ordering::Relaxed)
            && let Some(next) = send_one(world, &entries).await
        {
            through.fetch_add(next, Ordering::Relaxed);
        }
    }));
    let ending = async {
        wait_for("enough requests", async || through.load(Ordering::Relaxed) >= ENOUGH).await;
        end().await;
        over.store(true, Ordering::Relaxed);
    };
    futures::join!(streams, ending);
    entries.into_inner().unwrap()
}

/// Creates and sends one request; `None` when it was not answered well.
async fn send_one(world: &World, entries: &Mutex<Vec<Entry>>) -> Option<usize> {
    let rest = &world.placing.rest;
    let create = json!({ "request": world.request(), "requestId": fresh_id() });
    let entry = Entry { create, send: json!({ "requestId": fresh_id() }), created: None, sent: false };
    let at = {
        let mut entries = entries.lock().unwrap();
        entries.push(entry.clone());
        entries.len() - 1
    };
    let created = try_post(rest, "/v1/requests", &entry.create).await?;
    let path = format!("/v1/requests/{}/send", id(&created));
    entries.lock().unwrap()[at].created = Some(created);
    try_post(rest, &path, &entry.send).await?;
    entries.lock().unwrap()[at].sent = true;
    Some(1)
}

async fn try_post(rest: &Rest, path: &str, body: &Value) -> Option<Value> {
    let answer = rest.try_send(rest.request(Method::POST, path).json(body)).await.ok()?;
    if !answer.is_ok() {
        // 504 where the gateway has given up before the service did.
        assert!(matches!(answer.status.as_u16(), 503 | 504), "the end of a service is told as such: {answer:?}");
        assert_eq!(answer.reason(), "UNAVAILABLE", "{answer:?}");
        return None;
    }
    Some(answer.json()["request"].clone())
}

async fn check_nothing_is_lost_or_doubled(platform: &Platform, world: &World, entries: Vec<Entry>) {
    let rest = &world.placing.rest;
    assert!(entries.iter().filter(|entry| entry.sent).count() >= ENOUGH);
    for entry in &entries {
        let Some(created) = &entry.created else { continue };
        let found = rest.get(&format!("/v1/requests/{}", id(created))).await.ok();
        assert!(!entry.sent || found["request"]["state"] == "STATE_SENT", "{found}");
    }
    // Whoever got no answer asks again with the same request_id, and nothing comes of it twice.
    let mut numbers = BTreeMap::new();
    for entry in &entries {
        let created = rest.post("/v1/requests", entry.create.clone()).await.ok()["request"].clone();
        assert!(entry.created.as_ref().is_none_or(|before| *before == created), "the same answer as before");
        let sent = rest.post(&format!("/v1/requests/{}/send", id(&created)), entry.send.clone()).await.ok();
        assert_eq!(sent["request"]["state"], "STATE_SENT");
        numbers.insert(id(&created), text(&created["reference"]));
    }
    assert_eq!(numbers.len(), entries.len());
    let outbox = rest.get("/v1/outbox?states=STATE_SENT&includeTotalSize=true").await.ok();
    assert_eq!(outbox["totalSize"], entries.len(), "one request for each request_id");
    check_effects(world, &numbers).await;
    check_mails(platform, world, &numbers).await;
}

/// History and report hold each once.
async fn check_effects(world: &World, numbers: &BTreeMap<String, String>) {
    for number in numbers.keys() {
        let history = world.placing.rest.get(&format!("/v1/requests/{number}/history")).await.ok();
        let actions: Vec<_> =
            history["entries"].as_array().unwrap().iter().map(|entry| text(&entry["action"])).collect();
        assert_eq!(actions, ["DRAFTED", "SENT"]);
    }
    let report = "/v1/reports/requests?filter.states=STATE_SENT&pageSize=1000";
    let rows = wait_for_some("the report to catch up", async || {
        let answer = world.receiving.rest.get(report).await.ok();
        (answer["summary"]["requests"].as_u64()? >= numbers.len() as u64).then(|| answer["rows"].clone())
    })
    .await;
    let reported: Vec<String> = rows.as_array().unwrap().iter().map(|row| text(&row["placementRequestId"])).collect();
    assert_eq!(reported.len(), numbers.len(), "no row twice");
    assert_eq!(reported.into_iter().collect::<BTreeSet<_>>(), numbers.keys().cloned().collect());
}

/// Each request was mailed about, once. The stated exception: a mail that was under way at the end may come a second time,
/// under the same Message-ID, or still wait until its sender is known to be gone.
async fn check_mails(platform: &Platform, world: &World, numbers: &BTreeMap<String, String>) {
    // Others are being sent at this moment; those that were under way at the end wait much longer.
    let waiting = wait_for_some("no more mails to wait than were under way", async || {
        let waiting = waiting_mails(world, numbers).await;
        (waiting <= SENDERS).then_some(waiting)
    })
    .await;
    let (mut mailed, mut again) = (BTreeSet::new(), 0);
    for reference in numbers.values() {
        let mails = platform.mails.mails();
        let about: Vec<_> = mails.iter().filter(|mail| mail.subject().starts_with(reference.as_str())).collect();
        let ids: BTreeSet<String> = about.iter().map(|mail| mail.message_id()).collect();
        assert!(ids.len() <= 1, "{reference} was mailed as {ids:?}");
        assert!(about.iter().all(|mail| mail.to == [world.receiving.email.clone()]));
        again += about.len() - ids.len();
        mailed.extend(ids);
    }
    assert!(again <= SENDERS, "{again} mails came twice");
    assert!(mailed.len() + waiting >= numbers.len(), "{} of {} were mailed", mailed.len(), numbers.len());
}

/// How many mails have not been sent, of requests that notification has heard of.
async fn waiting_mails(world: &World, numbers: &BTreeMap<String, String>) -> usize {
    let mut waiting = 0;
    for number in numbers.keys() {
        let path = format!("/v1/deliveries?placementRequestId={number}");
        let state = wait_for_some("a delivery that is sent or was under way", async || {
            let answer = world.receiving.rest.get(&path).await;
            // Notification learns of a request by its event.
            let deliveries = answer.is_ok().then(|| answer.json()["deliveries"].clone())?;
            let deliveries = deliveries.as_array()?;
            assert!(deliveries.len() <= 1, "one delivery for one event: {deliveries:?}");
            let delivery = deliveries.first()?;
            let state = text(&delivery["state"]);
            (state == "DELIVERY_STATE_SENT" || delivery["attempts"].as_i64()? > 0).then_some(state)
        })
        .await;
        waiting += usize::from(state != "DELIVERY_STATE_SENT");
    }
    waiting
}
