//! One request in each state, made through the API: what the others are copied from, so that whatever a state demands of a row holds.

use anyhow::{Context as _, Result};
use serde_json::{Value, json};
use tokio::time::Instant;
use uuid::Uuid;

use crate::{
    arrivals::Diary,
    journey::{Step, Ticket, Travelled, travel_to},
    session::Session,
    world::{LANES, World},
};

/// The lane whose coordinator asks.
pub(super) const LANE: u64 = 0;
/// Reasons that every province starts with.
const DECLINED: &str = "D2";
const CANCELLED: &str = "C2";

/// Makes them, each in the lane of who asks; their ids.
pub(super) async fn make(world: &World, diary: &Diary) -> Result<Vec<String>> {
    let lane = world.lane(LANE);
    let mut made = Vec::new();
    for last in [Step::Send, Step::Redirect, Step::Accept, Step::Ratify, Step::Confirm] {
        let travelled = travel(world, diary, last).await?;
        made.push(travelled.request.clone());
        diary.keep(travelled);
    }
    // These leave the way of a journey, so no journey is looked up again in them.
    let decline = json!({"answer": "ANSWER_DECLINE", "reason_code": DECLINED});
    let declined = travel(world, diary, Step::Redirect).await?.request;
    tell(world, &lane.agent, (&declined, "answer-at-destination"), decline.clone()).await?;
    made.push(declined);
    let declined = travel(world, diary, Step::Redirect).await?.request;
    tell(world, &lane.receiving, (&declined, "answer-for-agency"), decline).await?;
    made.push(declined);
    let cancelled = travel(world, diary, Step::Ratify).await?.request;
    tell(world, &lane.receiving, (&cancelled, "cancel"), json!({"reason_code": CANCELLED})).await?;
    made.push(cancelled);
    Ok(made)
}

async fn travel(world: &World, diary: &Diary, last: Step) -> Result<Travelled> {
    let number = loop {
        let number = diary.number();
        if number % LANES == LANE {
            break number;
        }
    };
    let ticket = Ticket { number, content: number, intended: Instant::now(), insist: true };
    let travelled = travel_to(world, ticket, last).await;
    match travelled.failure {
        None => Ok(travelled),
        Some((step, refusal)) => Err(refusal).with_context(|| format!("a request, at {}", step.name())),
    }
}

async fn tell(world: &World, person: &Session, (request, verb): (&str, &str), mut body: Value) -> Result<()> {
    body["request_id"] = json!(Uuid::from_bytes(rand::random()));
    let path = format!("/v1/requests/{request}/{verb}");
    world.api.post(&person.token(), &path, &body).await.with_context(|| path.clone())?;
    Ok(())
}
