//! The demonstration, made crowded through the public API: a site with hundreds of destinations, lists with hundreds of requests.

use std::{collections::BTreeSet, fs, future::Future, path::Path, sync::Arc, time::Duration};

use anyhow::{Context as _, Result, ensure};
use jiff::{ToSpan as _, civil::Date};
use serde::Serialize;
use serde_json::{Value, json};
use tokio::{
    task::JoinSet,
    time::{Instant, sleep},
};
use uuid::Uuid;

use super::people::{People, Who};
use crate::{
    api::{Api, text},
    patience::wait_for,
    world::is_news,
};

/// Destinations that the site has besides its own.
pub(crate) const DESTINATIONS: usize = 300;
/// Requests of the school besides its own.
pub(crate) const REQUESTS: usize = 220;
/// How many of them are redirected; the others wait for the coordinator.
const REDIRECTED: usize = 110;
/// Calls that are made at the same time.
const AT_A_TIME: usize = 4;
/// How long one service may take to hear of what another has been told.
const PATIENCE: Duration = Duration::from_secs(60);
/// What the agent looks at first.
pub(crate) const AWAITED: &str = "/v1/inbox?states=STATE_REDIRECTED&order_by=start_date&page_size=20";
/// Between two tries.
const PAUSE: Duration = Duration::from_millis(50);

/// What pages are asked about.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Seeded {
    pub(crate) school: String,
    pub(crate) hospital: String,
    pub(crate) site: String,
    pub(crate) service: String,
    /// The agent's own destination.
    pub(crate) destination: String,
    pub(crate) program: String,
    pub(crate) course: String,
    /// Sent, and waiting for the coordinator.
    pub(crate) sent: String,
    /// Redirected, and waiting for the agent.
    pub(crate) redirected: String,
    /// Who answers for the destination.
    pub(crate) agent: String,
    /// Destinations of the requests that wait for that person, as far as they are looked at first.
    pub(crate) awaited: Vec<String>,
    /// The secret of a mailed link.
    #[serde(skip)]
    pub(crate) link: String,
    /// Days to ask for.
    pub(crate) start: String,
    pub(crate) end: String,
}

impl Seeded {
    /// Makes it.
    pub(crate) async fn gather(api: &Api, people: &People, today: Date, mails: &Path) -> Result<Self> {
        let hand = Hand { api: api.clone(), people: people.clone() };
        let mut seeded = hand.look_around(today).await?;
        let units = hand.destinations(&seeded).await?;
        let requests = hand.requests(&seeded, today).await?;
        let away = hand.destination_by_mail(&seeded).await?;
        hand.redirect(&seeded, &requests, &units).await?;
        let last = requests.last().context("there are requests")?;
        hand.tell(Who::Receiving, &format!("/v1/requests/{last}/redirect"), json!({"destination_id": away})).await?;
        let waiting = hand.ask(Who::Agent, AWAITED).await?;
        seeded.awaited = distinct(waiting["requests"].as_array(), "/destinationId");
        seeded.link = wait_for("the mail with a link", PATIENCE, async || Ok(mailed_link(mails))).await?;
        seeded.redirected.clone_from(&requests[0]);
        seeded.sent.clone_from(&requests[REDIRECTED + 1]);
        Ok(seeded)
    }
}

/// Those who make it, each through their own account.
#[derive(Clone)]
struct Hand {
    api: Api,
    people: People,
}

impl Hand {
    async fn look_around(&self, today: Date) -> Result<Seeded> {
        let (school, agent) = (self.ask(Who::School, "/v1/me").await?, self.ask(Who::Agent, "/v1/me").await?);
        let destination = text(&agent, "/me/grants/0/scopeId").to_owned();
        let unit = self.ask(Who::Agent, &format!("/v1/destinations/{destination}")).await?;
        let (site, service) = (text(&unit, "/destination/siteId"), text(&unit, "/destination/serviceIds/0"));
        let school = text(&school, "/me/person/agencyId").to_owned();
        let programs = self.ask(Who::School, &format!("/v1/programs?agency_id={school}")).await?;
        let program = text(&programs, "/programs/0/id").to_owned();
        let courses = self.ask(Who::School, &format!("/v1/courses?program_id={program}")).await?;
        Ok(Seeded {
            hospital: text(&agent, "/me/person/agencyId").to_owned(),
            course: text(&courses, "/courses/0/id").to_owned(),
            agent: text(&unit, "/destination/agentId").to_owned(),
            start: today.saturating_add(60.days()).to_string(),
            end: today.saturating_add(100.days()).to_string(),
            site: site.to_owned(),
            service: service.to_owned(),
            school,
            program,
            destination,
            ..Seeded::default()
        })
    }

    async fn destinations(&self, seeded: &Seeded) -> Result<Vec<String>> {
        let (hand, seeded) = (self.clone(), seeded.clone());
        side_by_side(DESTINATIONS, move |number| {
            let (hand, seeded) = (hand.clone(), seeded.clone());
            async move {
                let name = format!("{} Est – Médecine de jour et soins subaigus", number + 1);
                hand.destination(&seeded, &name, &seeded.agent, number % 7 + 1).await
            }
        })
        .await
    }

    async fn destination(&self, seeded: &Seeded, name: &str, agent: &str, capacity: usize) -> Result<String> {
        let destination = json!({
            "site_id": seeded.site, "service_ids": [seeded.service], "name": name, "agent_id": agent, "capacity": capacity,
            "active": true,
        });
        let made = self.tell(Who::Administrator, "/v1/destinations", json!({"destination": destination})).await?;
        Ok(text(&made, "/destination/id").to_owned())
    }

    /// A destination whose agent is reached by mail alone.
    async fn destination_by_mail(&self, seeded: &Seeded) -> Result<String> {
        let person = json!({
            "agency_id": seeded.hospital, "first_name": "Claude", "last_name": "Sans-Compte", "language": "fr",
            "email": "claude@unite.example",
        });
        let made = self.tell(Who::Administrator, "/v1/people", json!({"person": person})).await?;
        self.destination(seeded, "Clinique externe", text(&made, "/person/id"), 9).await
    }

    async fn requests(&self, seeded: &Seeded, today: Date) -> Result<Vec<String>> {
        let (hand, seeded) = (self.clone(), seeded.clone());
        side_by_side(REQUESTS, move |number| {
            let (hand, seeded) = (hand.clone(), seeded.clone());
            async move { hand.request(&seeded, number, today).await }
        })
        .await
    }

    async fn request(&self, seeded: &Seeded, number: usize, today: Date) -> Result<String> {
        let weeks = i64::try_from(number % 14)?;
        let start = today.saturating_add((14 + 7 * weeks).days());
        let request = json!({
            "program_id": seeded.program, "course_id": seeded.course, "site_id": seeded.site, "service_id": seeded.service,
            "placement_type_code": "PRECEPTORSHIP", "kind": "KIND_INDIVIDUAL", "student_count": number % 2 + 1,
            "start_date": start.to_string(), "end_date": start.saturating_add(46.days()).to_string(),
            "hours_per_student": 240, "comment": "Deux étudiantes de troisième année, de préférence ensemble",
        });
        let made = self.tell(Who::School, "/v1/requests", json!({"request": request})).await?;
        let id = text(&made, "/request/id").to_owned();
        self.tell(Who::School, &format!("/v1/requests/{id}/send"), json!({})).await?;
        Ok(id)
    }

    /// Passes half of the requests on, to the agent and to the new destinations by turns, and has some of them answered.
    async fn redirect(&self, seeded: &Seeded, requests: &[String], units: &[String]) -> Result<()> {
        let (hand, own) = (self.clone(), seeded.destination.clone());
        let (requests, units): (Arc<[String]>, Arc<[String]>) = (requests.into(), units.into());
        side_by_side(REDIRECTED, move |number| {
            let (hand, own, requests, units) = (hand.clone(), own.clone(), Arc::clone(&requests), Arc::clone(&units));
            async move {
                let (request, is_own) = (format!("/v1/requests/{}", requests[number]), number.is_multiple_of(2));
                let to = if is_own { &own } else { &units[number % units.len()] };
                hand.tell(Who::Receiving, &format!("{request}/redirect"), json!({"destination_id": to})).await?;
                let (who, method) =
                    if is_own { (Who::Agent, "answer-at-destination") } else { (Who::Receiving, "answer-for-agency") };
                if number % 4 > 1 {
                    let answer = json!({"answer": "ANSWER_ACCEPT", "despite_misfits": ["MISFIT_CAPACITY"]});
                    hand.tell(who, &format!("{request}/{method}"), answer).await?;
                }
                Ok(())
            }
        })
        .await
        .map(drop)
    }

    async fn ask(&self, who: Who, path: &str) -> Result<Value> {
        self.api.get(&self.people.token(who), path).await.with_context(|| path.to_owned())
    }

    /// Calls until the service has heard of what the call refers to; the same call each time, so that it takes effect once.
    async fn tell(&self, who: Who, path: &str, mut body: Value) -> Result<Value> {
        body["request_id"] = json!(Uuid::from_bytes(rand::random()));
        let end = Instant::now() + PATIENCE;
        loop {
            match self.api.post(&self.people.token(who), path, &body).await {
                Err(refusal) if is_news(&refusal) && Instant::now() < end => sleep(PAUSE).await,
                outcome => return outcome.with_context(|| path.to_owned()),
            }
        }
    }
}

/// The ids that some entries name in one place, each once.
fn distinct(entries: Option<&Vec<Value>>, pointer: &str) -> Vec<String> {
    let ids: BTreeSet<_> = entries.into_iter().flatten().map(|entry| text(entry, pointer)).collect();
    ids.into_iter().filter(|id| !id.is_empty()).map(str::to_owned).collect()
}

/// Does many things, some at a time; the results in their order.
async fn side_by_side<T, F>(count: usize, thing: impl Fn(usize) -> F) -> Result<Vec<T>>
where
    T: Send + 'static,
    F: Future<Output = Result<T>> + Send + 'static,
{
    let (mut under_way, mut done) = (JoinSet::new(), Vec::with_capacity(count));
    for number in 0..count {
        if under_way.len() == AT_A_TIME
            && let Some(outcome) = under_way.join_next().await
        {
            done.push(outcome??);
        }
        let one = thing(number);
        under_way.spawn(async move { one.await.map(|result| (number, result)) });
    }
    while let Some(outcome) = under_way.join_next().await {
        done.push(outcome??);
    }
    done.sort_by_key(|(number, _)| *number);
    ensure!(done.len() == count, "everything was done");
    Ok(done.into_iter().map(|(_, result)| result).collect())
}

/// The secret of the first link in the mails of a folder.
fn mailed_link(mails: &Path) -> Option<String> {
    let files = fs::read_dir(mails).ok()?.flatten();
    files.filter_map(|file| fs::read(file.path()).ok()).find_map(|mail| link_in(&String::from_utf8_lossy(&mail)))
}

/// The secret of a link, in a mail whose long lines are broken as quoted-printable has it.
fn link_in(mail: &str) -> Option<String> {
    let whole = mail.replace("=\r\n", "").replace("=\n", "");
    let (_, rest) = whole.split_once("/a/")?;
    let secret: String =
        rest.chars().take_while(|sign| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_')).collect();
    (!secret.is_empty()).then_some(secret)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_read_across_broken_lines() {
        let mail = "Bonjour,\r\n\r\nhttp://127.0.0.1:8080/a/AbC-_9=\r\nxyz\r\n\r\nMerci";
        assert_eq!(link_in(mail).as_deref(), Some("AbC-_9xyz"));
        assert_eq!(link_in("Bonjour, merci"), None);
    }

    #[tokio::test]
    async fn many_things_are_done_in_any_order_and_told_in_theirs() {
        let squares = side_by_side(40, |number| async move { Ok(number * number) }).await.expect("nothing fails");
        assert_eq!(squares, (0..40).map(|number| number * number).collect::<Vec<_>>());
    }
}
