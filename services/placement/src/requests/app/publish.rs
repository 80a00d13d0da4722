//! One event per transition, with the request after it.

use chassis::{StoreError, Tx};
use eventing::outbox::{self, Fact};
use kernel::Invalid;
use prost::Message as _;
use proto::{Event, placement::v1 as event};

use super::{Context, Error};
use crate::requests::{
    domain::{Audience, Change, EntryKind, Transition},
    wire,
};

/// Names the event of each entry of the history once: what is appended, what the topology declares, and what is read back for
/// those who watch.
macro_rules! events {
    ($($($kind:ident)|+ => $event:ident),* $(,)?) => {
        /// The types of the events of a request.
        pub const PUBLISHED: &[&str] = &[$(<event::$event as Event>::TYPE),*];

        /// Appends the event of a transition. Its version is the row's.
        pub(super) async fn event(tx: &mut Tx, cx: &Context, done: &Transition) -> Result<(), Error> {
            let request = Some(wire::request_facts(done));
            match done.entry.kind {
                $($(EntryKind::$kind)|+ => append(tx, cx, done, &event::$event { request }).await,)*
            }
        }

        /// The change that an event of the outbox tells of; nothing if it is not of a request. An event of another release may
        /// not be readable.
        pub(crate) fn change_told_by(event_type: &str, payload: &[u8]) -> Option<Result<Change, Invalid>> {
            let (facts, kinds): (_, &[EntryKind]) = match event_type {
                $(<event::$event as Event>::TYPE => {
                    let facts = event::$event::decode(payload).ok().and_then(|event| event.request);
                    (facts, &[$(EntryKind::$kind),+])
                })*
                _ => return None,
            };
            let for_school = kinds.iter().all(|kind| kind.audience() != Audience::ReceivingSide);
            let facts = facts.ok_or_else(|| Invalid::field("request", "REQUIRED"));
            Some(facts.and_then(|facts| wire::change(&facts, for_school)))
        }
    };
}

events! {
    Drafted => RequestDrafted,
    Updated => RequestUpdated,
    Deleted => RequestDeleted,
    Held => RequestHeld,
    Sent => RequestSent,
    SentOffline => RequestSentOffline,
    Redirected | RedirectedOffline | RedirectedAutomatically => RequestRedirected,
    AcceptedByDestination => RequestAcceptedByDestination,
    DeclinedByDestination => RequestDeclinedByDestination,
    Accepted => RequestAccepted,
    Declined => RequestDeclined,
    Confirmed => RequestConfirmed,
    Cancelled => RequestCancelled,
    Reactivated => RequestReactivated,
    Postponed => RequestPostponed,
    DatesChanged => RequestDatesChanged,
    DestinationChanged => RequestDestinationChanged,
    Commented => RequestCommented,
}

async fn append<E: Event>(tx: &mut Tx, cx: &Context, done: &Transition, event: &E) -> Result<(), Error> {
    let fact = Fact {
        id: cx.ids.next(),
        aggregate_id: done.request.id.to_string(),
        aggregate_version: done.request.version,
        occurred_at: done.request.updated_at,
    };
    Ok(outbox::append(tx, &fact, event).await.map_err(StoreError::from)?)
}
