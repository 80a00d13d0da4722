//! One placement request from draft to confirmed, as three people carry it.

use std::time::Duration;

use serde::Serialize;
use serde_json::{Value, json};
use tokio::time::{Instant, sleep};

use crate::{
    api::{Refusal, text},
    content,
    session::Session,
    world::{Lane, World},
};

/// How long somebody who insists tries one step.
const PATIENCE: Duration = Duration::from_secs(90);
/// Between two tries.
const PAUSE: Duration = Duration::from_millis(100);

/// What is done, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Step {
    /// The school makes a draft.
    Create,
    /// The school sends it.
    Send,
    /// The receiving coordinator redirects it.
    Redirect,
    /// The destination's agent accepts.
    Accept,
    /// The receiving coordinator ratifies.
    Ratify,
    /// The school confirms.
    Confirm,
}

/// One journey to make.
#[derive(Clone, Copy)]
pub(crate) struct Ticket {
    /// Tells it from all others of the run, and chooses its lane.
    pub(crate) number: u64,
    /// Chooses what the request says.
    pub(crate) content: u64,
    /// When it should begin: what it is measured from.
    pub(crate) intended: Instant,
    /// Whether a call whose outcome is unknown is made again.
    pub(crate) insist: bool,
}

/// One journey that was made, or how far it went.
#[derive(Clone, Debug)]
pub(crate) struct Travelled {
    pub(crate) number: u64,
    /// The request; empty if its creation was not answered.
    pub(crate) request: String,
    /// The steps that were answered well, each with the time that somebody waited for it.
    pub(crate) steps: Vec<(Step, Duration)>,
    /// What ended it early.
    pub(crate) failure: Option<(Step, Refusal)>,
    /// From the appointed time to the last answer.
    pub(crate) whole: Duration,
    /// Calls that were made again.
    pub(crate) repeated: u64,
}

impl Step {
    pub(crate) const ALL: [Self; 6] =
        [Self::Create, Self::Send, Self::Redirect, Self::Accept, Self::Ratify, Self::Confirm];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Send => "send",
            Self::Redirect => "redirect",
            Self::Accept => "accept",
            Self::Ratify => "ratify",
            Self::Confirm => "confirm",
        }
    }

    /// The state in which the one who did it sees the request then.
    const fn leads_to(self) -> &'static str {
        match self {
            Self::Create => "STATE_DRAFT",
            Self::Send => "STATE_SENT",
            Self::Redirect => "STATE_REDIRECTED",
            Self::Accept => "STATE_ACCEPTED_BY_DESTINATION",
            Self::Ratify => "STATE_ACCEPTED",
            Self::Confirm => "STATE_CONFIRMED",
        }
    }

    const fn verb(self) -> &'static str {
        match self {
            Self::Create => "",
            Self::Send => "send",
            Self::Redirect => "redirect",
            Self::Accept => "answer-at-destination",
            Self::Ratify => "answer-for-agency",
            Self::Confirm => "confirm",
        }
    }

    fn person(self, lane: &Lane) -> &Session {
        match self {
            Self::Create | Self::Send | Self::Confirm => &lane.placing,
            Self::Redirect | Self::Ratify => &lane.receiving,
            Self::Accept => &lane.agent,
        }
    }
}

impl Travelled {
    /// The last step that was answered well.
    pub(crate) fn reached(&self) -> Option<Step> {
        self.steps.last().map(|(step, _)| *step)
    }
}

/// Makes a journey, up to its end or its first failure.
pub(crate) async fn travel(world: &World, ticket: Ticket) -> Travelled {
    travel_to(world, ticket, Step::Confirm).await
}

/// Makes a journey up to a step.
pub(crate) async fn travel_to(world: &World, ticket: Ticket, last: Step) -> Travelled {
    let mut travelled = Travelled {
        number: ticket.number,
        request: String::new(),
        steps: Vec::with_capacity(Step::ALL.len()),
        failure: None,
        whole: Duration::ZERO,
        repeated: 0,
    };
    let (mut began, mut etag) = (ticket.intended, String::new());
    for step in Step::ALL.into_iter().filter(|step| *step <= last) {
        let body = body(world, ticket, step, &etag);
        match make(world, ticket, step, &body, &mut travelled).await {
            Ok(answer) => {
                text(&answer, "/request/id").clone_into(&mut travelled.request);
                text(&answer, "/request/etag").clone_into(&mut etag);
                travelled.steps.push((step, began.elapsed()));
            }
            Err(refusal) => {
                travelled.failure = Some((step, refusal));
                break;
            }
        }
        began = Instant::now();
    }
    travelled.whole = ticket.intended.elapsed();
    travelled
}

/// Makes one step; who insists repeats the very same call while nobody knows whether it took effect.
async fn make(
    world: &World,
    ticket: Ticket,
    step: Step,
    body: &Value,
    travelled: &mut Travelled,
) -> Result<Value, Refusal> {
    let person = step.person(world.lane(ticket.number));
    let path = match step {
        Step::Create => "/v1/requests".to_owned(),
        _ => format!("/v1/requests/{}/{}", travelled.request, step.verb()),
    };
    let end = Instant::now() + PATIENCE;
    loop {
        match world.api.post(&person.token(), &path, body).await {
            Ok(answer) if text(&answer, "/request/state") == step.leads_to() => return Ok(answer),
            Ok(answer) => return Err(Refusal::unexpected(format!("after {}: {answer}", step.name()))),
            Err(refusal) if refusal.passing && ticket.insist && Instant::now() < end => {
                travelled.repeated += 1;
                sleep(PAUSE).await;
            }
            Err(refusal) => return Err(refusal),
        }
    }
}

fn body(world: &World, ticket: Ticket, step: Step, etag: &str) -> Value {
    let position = Step::ALL.iter().zip(0..).find(|(other, _)| **other == step).map_or(0, |(_, position)| position);
    let request_id = content::request_id(world.seed, ticket.number, position);
    let lane = world.lane(ticket.number);
    match step {
        Step::Create => {
            let request = content::request(world.seed, ticket.content, lane, world.today);
            json!({"request": request, "request_id": request_id})
        }
        // The sides have versions of their own, since a school must not notice what it may not see; where the request comes from
        // the other side, whatever is stored is taken.
        Step::Redirect => json!({"destination_id": lane.destination, "request_id": request_id}),
        Step::Accept | Step::Ratify => json!({
            "answer": "ANSWER_ACCEPT", "etag": etag, "request_id": request_id, "despite_misfits": ["MISFIT_CAPACITY"],
        }),
        Step::Send => json!({"etag": etag, "request_id": request_id}),
        Step::Confirm => json!({"request_id": request_id}),
    }
}
