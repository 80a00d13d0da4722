//! The only way to publish: a row beside the state change, in the same transaction.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;
use kernel::EventId;
use proto::{Event, event::v1::Envelope};

use crate::{Tx, envelope::timestamp, trace_context::TraceContext};

/// What happened to which aggregate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The event's own id; a handler takes each id once.
    pub id: EventId,
    /// UUID of the aggregate, or its code where it is known by a code.
    pub aggregate_id: String,
    /// The aggregate's version after the change, counted from 1.
    pub aggregate_version: i64,
    /// When it happened.
    pub occurred_at: Timestamp,
}

/// Adds an event to the transaction; the relay publishes it once the transaction is committed, at once if its
/// [`OutboxSignal`](crate::OutboxSignal) is told so. The trace context of the current span goes with it.
///
/// The caller holds the aggregate's row (has inserted or updated it in this transaction), which is what puts the events of
/// one aggregate in order.
///
/// # Errors
/// If the database refuses, such as on an id that was used before.
pub async fn append<E: Event>(tx: &mut Tx, fact: &Fact, event: &E) -> Result<(), sqlx::Error> {
    let trace = TraceContext::current();
    sqlx::query(
        "insert into outbox (id, type, aggregate_id, aggregate_version, occurred_at, payload, traceparent, tracestate)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(fact.id.uuid())
    .bind(E::TYPE)
    .bind(&fact.aggregate_id)
    .bind(fact.aggregate_version)
    .bind(fact.occurred_at.to_sqlx())
    .bind(event.encode_to_vec())
    .bind(trace.traceparent)
    .bind(trace.tracestate)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The envelope in which an event travels: what the relay sends, and what an export stream answers with.
#[must_use]
pub fn envelope<E: Event>(fact: &Fact, province: &str, event: &E) -> Envelope {
    Envelope {
        id: fact.id.to_string(),
        r#type: E::TYPE.to_owned(),
        province: province.to_owned(),
        aggregate_id: fact.aggregate_id.clone(),
        aggregate_version: fact.aggregate_version,
        occurred_at: Some(timestamp(fact.occurred_at)),
        payload: event.encode_to_vec(),
    }
}
