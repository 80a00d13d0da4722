//! One event per transition, with the request after it.

use chassis::Tx;
use eventing::outbox::{self, Fact};
use proto::{Event, placement::v1 as event};

use super::{Env, Error};
use crate::{
    domain::{Act, Step},
    store, wire,
};

/// Appends the event of a transition. Its version is the row's.
pub(super) async fn event(tx: &mut Tx, env: &Env, step: &Step) -> Result<(), Error> {
    let request = Some(wire::request_facts(step));
    match step.entry.act {
        Act::Drafted => append(tx, env, step, &event::RequestDrafted { request }).await,
        Act::Updated => append(tx, env, step, &event::RequestUpdated { request }).await,
        Act::Deleted => append(tx, env, step, &event::RequestDeleted { request }).await,
        Act::Held => append(tx, env, step, &event::RequestHeld { request }).await,
        Act::Sent => append(tx, env, step, &event::RequestSent { request }).await,
        Act::SentOffline => append(tx, env, step, &event::RequestSentOffline { request }).await,
        Act::Redirected | Act::RedirectedOffline | Act::RedirectedAutomatically => {
            append(tx, env, step, &event::RequestRedirected { request }).await
        }
        Act::AcceptedByDestination => append(tx, env, step, &event::RequestAcceptedByDestination { request }).await,
        Act::DeclinedByDestination => append(tx, env, step, &event::RequestDeclinedByDestination { request }).await,
        Act::Accepted => append(tx, env, step, &event::RequestAccepted { request }).await,
        Act::Declined => append(tx, env, step, &event::RequestDeclined { request }).await,
        Act::Confirmed => append(tx, env, step, &event::RequestConfirmed { request }).await,
        Act::Cancelled => append(tx, env, step, &event::RequestCancelled { request }).await,
        Act::Reactivated => append(tx, env, step, &event::RequestReactivated { request }).await,
        Act::Postponed => append(tx, env, step, &event::RequestPostponed { request }).await,
        Act::DatesChanged => append(tx, env, step, &event::RequestDatesChanged { request }).await,
        Act::Commented => append(tx, env, step, &event::RequestCommented { request }).await,
        Act::DestinationChanged => append(tx, env, step, &event::RequestDestinationChanged { request }).await,
    }
}

async fn append<E: Event>(tx: &mut Tx, env: &Env, step: &Step, event: &E) -> Result<(), Error> {
    let fact = Fact {
        id: env.ids.next(),
        aggregate_id: step.request.id.to_string(),
        aggregate_version: step.request.version,
        occurred_at: step.request.updated_at,
    };
    Ok(outbox::append(tx, &fact, event).await.map_err(store::Error::from)?)
}
