//! Whether every answer holds: each journey is looked up again, through the gateway, after the profile.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use anyhow::Result;
use serde::Serialize;
use serde_json::Value;
use tokio::{sync::Semaphore, task::JoinSet};

use crate::{
    api::{Refusal, text},
    journey::{Step, Travelled},
    mail_sink::MailSink,
    patience::wait_for,
    world::World,
};

/// Look-ups at the same time.
const AT_ONCE: usize = 8;
/// How far reports may lag behind.
const PATIENCE: Duration = Duration::from_secs(60);

/// What was found.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Verdict {
    /// Journeys that made a request.
    pub(crate) requests: u64,
    /// Requests that stand before the last step that was answered well: must be none.
    pub(crate) lost: u64,
    /// Requests whose history holds a step twice: must be none.
    pub(crate) doubled: u64,
    /// Drafts that nobody was told of: the answer to their creation was lost and nobody asked again. None where clients insist.
    pub(crate) unknown_drafts: u64,
    /// Requests that are confirmed.
    pub(crate) confirmed: u64,
    /// How many of them reports know as confirmed: must be all.
    pub(crate) confirmed_in_reports: u64,
    /// Events that could not be handled, with queue and cause: must be none.
    pub(crate) dead_letters: Vec<String>,
    /// Mails that came.
    pub(crate) mails: u64,
    /// Mails that came once more. Only a kill between the mail server's answer and Tandem's note of it may do that.
    pub(crate) mails_doubled: u64,
    /// The first thing that was wrong, in full.
    pub(crate) first_fault: Option<String>,
}

/// What one look-up found.
#[derive(Default)]
struct Found {
    confirmed: bool,
    lost: Option<String>,
    doubled: Option<String>,
}

impl Verdict {
    /// Whether everything that was answered well holds, once.
    pub(crate) fn holds(&self) -> bool {
        self.lost == 0
            && self.doubled == 0
            && self.dead_letters.is_empty()
            && self.confirmed == self.confirmed_in_reports
    }

    /// Looks everything up; events must have been drained.
    pub(crate) async fn reach(world: &Arc<World>, journeys: Vec<Travelled>, sink: &MailSink) -> Result<Self> {
        let drafts = journeys.iter().filter(|journey| journey.reached() == Some(Step::Create)).count();
        let mut verdict = Self::default();
        let permits = Arc::new(Semaphore::new(AT_ONCE));
        let mut looks = JoinSet::new();
        for journey in journeys.into_iter().filter(|journey| !journey.request.is_empty()) {
            let (world, permits) = (Arc::clone(world), Arc::clone(&permits));
            looks.spawn(async move {
                let _permit = permits.acquire().await;
                look_up(&world, &journey).await
            });
        }
        for found in looks.join_all().await {
            verdict.add(found?);
        }
        let known = u64::try_from(drafts)?;
        verdict.unknown_drafts = count_drafts(world).await?.saturating_sub(known);
        let confirmed = verdict.confirmed;
        let reported = wait_for("reports to agree", PATIENCE, async || {
            let reported = count_reported(world).await?;
            Ok((reported == confirmed).then_some(reported))
        });
        verdict.confirmed_in_reports = match reported.await {
            Ok(reported) => reported,
            Err(_) => count_reported(world).await?,
        };
        (verdict.mails, verdict.mails_doubled) = sink.count();
        Ok(verdict)
    }

    fn add(&mut self, found: Found) {
        self.requests += 1;
        self.confirmed += u64::from(found.confirmed);
        self.lost += u64::from(found.lost.is_some());
        self.doubled += u64::from(found.doubled.is_some());
        self.first_fault = self.first_fault.take().or(found.lost).or(found.doubled);
    }
}

/// A request as its school sees it now, with its history.
async fn look_up(world: &World, journey: &Travelled) -> Result<Found, Refusal> {
    let school = &world.lane(journey.number).placing;
    let path = format!("/v1/requests/{}", journey.request);
    let answer = match world.api.get(&school.token(), &path).await {
        Err(refusal) if refusal.reason == "NOT_FOUND" => {
            return Ok(Found { lost: Some(format!("{} is gone", journey.request)), ..Found::default() });
        }
        outcome => outcome?,
    };
    let history = world.api.get(&school.token(), &format!("{path}/history")).await?;
    let state = text(&answer, "/request/state");
    let wanted = journey.reached().map_or(0, seen_by_school);
    let lost = (progress_of(state) < wanted)
        .then(|| format!("{} is {state} after {:?} was answered", journey.request, journey.reached()));
    let mut actions: BTreeMap<&str, u32> = BTreeMap::new();
    for entry in history["entries"].as_array().into_iter().flatten() {
        *actions.entry(text(entry, "/action")).or_default() += 1;
    }
    let twice = actions.iter().find(|(_, count)| **count > 1);
    let doubled = twice.map(|(action, count)| format!("{} has {action} {count} times", journey.request));
    Ok(Found { confirmed: state == "STATE_CONFIRMED", lost, doubled })
}

/// How far a request is in the eyes of its school, who does not see what the destination answered.
fn progress_of(state: &str) -> u8 {
    match state {
        "STATE_DRAFT" => 1,
        "STATE_SENT" => 2,
        "STATE_REDIRECTED" => 3,
        "STATE_ACCEPTED" => 4,
        "STATE_CONFIRMED" => 5,
        _ => 0,
    }
}

const fn seen_by_school(step: Step) -> u8 {
    match step {
        Step::Create => 1,
        Step::Send => 2,
        Step::Redirect | Step::Accept => 3,
        Step::Ratify => 4,
        Step::Confirm => 5,
    }
}

/// By the rows themselves: a program of an earlier release counts them in other words.
async fn count_drafts(world: &World) -> Result<u64, Refusal> {
    let token = world.lane(0).placing.token();
    let (mut rows, mut page) = (0, String::new());
    loop {
        let list = format!("/v1/outbox?states=STATE_DRAFT&page_size=200&page_token={page}");
        let answer = world.api.get(&token, &list).await?;
        rows += answer["requests"].as_array().map_or(0, Vec::len) as u64;
        page = answer["nextPageToken"].as_str().unwrap_or_default().to_owned();
        if page.is_empty() {
            return Ok(rows);
        }
    }
}

/// How many requests of the school reports know as confirmed.
async fn count_reported(world: &World) -> Result<u64, Refusal> {
    let token = world.lane(0).placing.token();
    let answer = world.api.get(&token, "/v1/reports/requests?page_size=1").await?;
    let states = answer["summary"]["states"].as_array();
    let confirmed = states.into_iter().flatten().find(|count| text(count, "/state") == "STATE_CONFIRMED");
    Ok(confirmed.map(|count| &count["requests"]).and_then(Value::as_u64).unwrap_or(0))
}
