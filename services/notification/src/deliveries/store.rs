//! Deliveries.

use chassis::{StoreError, Tx};
use jiff::{SignedDuration, Timestamp};
use jiff_sqlx::ToSqlx as _;
use kernel::{AnswerLinkId, DeliveryId, PersonId, PlacementRequestId};
use sqlx::types::Json;
use uuid::Uuid;

use super::domain::{Delivery, DeliveryState, Pending, Subject, Trace};
use crate::messages::Message;

/// How long a mail waits whose row cannot be read: for somebody to mend it.
const UNREADABLE_WAIT: SignedDuration = SignedDuration::from_hours(1);

struct Row {
    id: Uuid,
    event_id: Uuid,
    template: String,
    recipient_id: Option<Uuid>,
    answer_link_id: Option<Uuid>,
    resend_of: Option<Uuid>,
    facts: serde_json::Value,
    message_id: String,
    created_at: jiff_sqlx::Timestamp,
    state: String,
    attempts: i32,
    next_attempt_at: Option<jiff_sqlx::Timestamp>,
    claimed_until: Option<jiff_sqlx::Timestamp>,
    address: Option<String>,
    last_error: Option<String>,
    settled_at: Option<jiff_sqlx::Timestamp>,
    traceparent: Option<String>,
    tracestate: Option<String>,
}

impl TryFrom<Row> for Delivery {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let wrong = |column| StoreError::inconsistent("delivery", column, row.id);
        let at = |time: Option<jiff_sqlx::Timestamp>, column| {
            time.map(jiff_sqlx::Timestamp::to_jiff).ok_or_else(|| wrong(column))
        };
        let attempts = row.attempts;
        let state = match row.state.as_str() {
            "PENDING" => DeliveryState::Pending(Pending {
                attempts,
                next_attempt_at: at(row.next_attempt_at, "next_attempt_at")?,
                claimed_until: row.claimed_until.map(jiff_sqlx::Timestamp::to_jiff),
                last_error: row.last_error,
            }),
            "SENT" => DeliveryState::Sent { attempts, at: at(row.settled_at, "settled_at")? },
            "FAILED" => DeliveryState::Failed {
                attempts,
                at: at(row.settled_at, "settled_at")?,
                error: row.last_error.ok_or_else(|| wrong("last_error"))?,
            },
            _ => return Err(wrong("state")),
        };
        let message = Message::parse(&row.template).ok_or_else(|| wrong("template"))?;
        let subject: Subject = serde_json::from_value(row.facts).map_err(|_| wrong("facts"))?;
        if message.is_about_request() != subject.request().is_some() {
            return Err(wrong("facts"));
        }
        Ok(Self {
            id: row.id.into(),
            event: row.event_id.into(),
            message,
            recipient: row.recipient_id.map(PersonId::from),
            link: row.answer_link_id.map(AnswerLinkId::from),
            resend_of: row.resend_of.map(DeliveryId::from),
            subject,
            message_id: row.message_id,
            created_at: row.created_at.to_jiff(),
            address: row.address,
            state,
        })
    }
}

/// Columns that follow from the state.
struct StateColumns<'a> {
    attempts: i32,
    next_attempt_at: Option<jiff_sqlx::Timestamp>,
    claimed_until: Option<jiff_sqlx::Timestamp>,
    last_error: Option<&'a str>,
    settled_at: Option<jiff_sqlx::Timestamp>,
}

impl<'a> From<&'a DeliveryState> for StateColumns<'a> {
    fn from(state: &'a DeliveryState) -> Self {
        let none = Self { attempts: 0, next_attempt_at: None, claimed_until: None, last_error: None, settled_at: None };
        match state {
            DeliveryState::Pending(pending) => Self {
                attempts: pending.attempts,
                next_attempt_at: Some(pending.next_attempt_at.to_sqlx()),
                claimed_until: pending.claimed_until.map(|t| t.to_sqlx()),
                last_error: pending.last_error.as_deref(),
                ..none
            },
            DeliveryState::Sent { attempts, at } => {
                Self { attempts: *attempts, settled_at: Some(at.to_sqlx()), ..none }
            }
            DeliveryState::Failed { attempts, at, error } => {
                Self { attempts: *attempts, settled_at: Some(at.to_sqlx()), last_error: Some(error), ..none }
            }
        }
    }
}

/// Adds deliveries with the traces that they continue, but those whose event has mailed the person this message before.
pub(crate) async fn add(tx: &mut Tx, deliveries: &[(&Delivery, &Trace)]) -> Result<(), StoreError> {
    if deliveries.is_empty() {
        return Ok(());
    }
    let (added, traces): (Vec<&Delivery>, Vec<&Trace>) = deliveries.iter().copied().unzip();
    let columns: Vec<StateColumns<'_>> = added.iter().map(|d| StateColumns::from(&d.state)).collect();
    sqlx::query!(
        "INSERT INTO delivery (id, placement_request_id, event_id, template, recipient_id, answer_link_id, resend_of,
             facts, message_id, traceparent, tracestate, created_at, state, attempts, next_attempt_at, last_error,
             settled_at)
         SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::uuid[], $6::uuid[], $7::uuid[],
             $8::jsonb[], $9::text[], $10::text[], $11::text[], $12::timestamptz[], $13::text[], $14::integer[],
             $15::timestamptz[], $16::text[], $17::timestamptz[])
         ON CONFLICT (event_id, template, recipient_id) WHERE resend_of IS NULL DO NOTHING",
        &added.iter().map(|d| d.id.uuid()).collect::<Vec<_>>(),
        &added.iter().map(|d| d.subject.request().map(PlacementRequestId::uuid)).collect::<Vec<_>>() as _,
        &added.iter().map(|d| d.event.uuid()).collect::<Vec<_>>(),
        &added.iter().map(|d| d.message.code().to_owned()).collect::<Vec<_>>(),
        &added.iter().map(|d| d.recipient.map(PersonId::uuid)).collect::<Vec<_>>() as _,
        &added.iter().map(|d| d.link.map(AnswerLinkId::uuid)).collect::<Vec<_>>() as _,
        &added.iter().map(|d| d.resend_of.map(DeliveryId::uuid)).collect::<Vec<_>>() as _,
        added.iter().map(|d| Json(&d.subject)).collect::<Vec<_>>() as _,
        &added.iter().map(|d| d.message_id.clone()).collect::<Vec<_>>(),
        &traces.iter().map(|trace| trace.parent.clone()).collect::<Vec<_>>() as _,
        &traces.iter().map(|trace| trace.state.clone()).collect::<Vec<_>>() as _,
        added.iter().map(|d| d.created_at.to_sqlx()).collect::<Vec<_>>() as _,
        &added.iter().map(|d| d.state.name().to_owned()).collect::<Vec<_>>(),
        &columns.iter().map(|c| c.attempts).collect::<Vec<_>>(),
        columns.iter().map(|c| c.next_attempt_at).collect::<Vec<_>>() as _,
        columns.iter().map(|c| c.last_error.map(str::to_owned)).collect::<Vec<_>>() as _,
        columns.iter().map(|c| c.settled_at).collect::<Vec<_>>() as _,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Reads deliveries: what they are narrowed down to, and by what.
macro_rules! deliveries {
    ($which:literal, $($by:expr),+) => {
        sqlx::query_as!(
            Row,
            "SELECT id, event_id, template, recipient_id, answer_link_id, resend_of, facts, message_id, created_at, state,
                 attempts, next_attempt_at, claimed_until, address, last_error, settled_at, traceparent, tracestate
             FROM delivery WHERE "
                + $which,
            $($by),+
        )
    };
}

/// A delivery, if known, held until the transaction ends.
pub(crate) async fn lock(tx: &mut Tx, id: DeliveryId) -> Result<Option<Delivery>, StoreError> {
    let row = deliveries!("id = $1 FOR UPDATE", id.uuid()).fetch_optional(&mut **tx).await?;
    row.map(Delivery::try_from).transpose()
}

/// Deliveries, held until the transaction ends; every transaction takes them in the same order.
pub(crate) async fn lock_all(tx: &mut Tx, ids: &[DeliveryId]) -> Result<Vec<Delivery>, StoreError> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.uuid()).collect();
    let rows = deliveries!("id = any($1) ORDER BY id FOR UPDATE", &ids).fetch_all(&mut **tx).await?;
    rows.into_iter().map(Delivery::try_from).collect()
}

/// Whether any is pending.
pub(crate) async fn is_any_pending(tx: &mut Tx) -> Result<bool, StoreError> {
    Ok(sqlx::query_scalar!("SELECT EXISTS (SELECT FROM delivery WHERE state = 'PENDING') AS \"any!\"")
        .fetch_one(&mut **tx)
        .await?)
}

/// Deliveries that are due and that no sender holds, with the traces that they continue; held until the transaction ends.
/// Senders skip the rows that others are claiming. A row that cannot be read waits for `UNREADABLE_WAIT`, so that it holds up
/// no other.
pub(crate) async fn lock_due(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<Vec<(Delivery, Trace)>, StoreError> {
    let rows = deliveries!(
        "state = 'PENDING' AND next_attempt_at <= $1 AND (claimed_until IS NULL OR claimed_until <= $1)
         ORDER BY next_attempt_at LIMIT $2 FOR UPDATE SKIP LOCKED",
        now.to_sqlx() as _,
        limit
    );
    let (mut due, mut unreadable) = (Vec::new(), Vec::new());
    for mut row in rows.fetch_all(&mut **tx).await? {
        let (id, trace) = (row.id, Trace { parent: row.traceparent.take(), state: row.tracestate.take() });
        match Delivery::try_from(row) {
            Ok(delivery) => due.push((delivery, trace)),
            Err(error) => {
                tracing::error!(delivery = %id, error = %error, "a mail waits that cannot be read");
                unreadable.push(id);
            }
        }
    }
    if !unreadable.is_empty() {
        let later = (now + UNREADABLE_WAIT).to_sqlx();
        sqlx::query!("UPDATE delivery SET next_attempt_at = $2 WHERE id = any($1)", &unreadable, later as _)
            .execute(&mut **tx)
            .await?;
    }
    Ok(due)
}

/// Stores how deliveries stand now, and the addresses that they went to.
pub(crate) async fn save(tx: &mut Tx, deliveries: &[Delivery]) -> Result<(), StoreError> {
    let columns: Vec<StateColumns<'_>> = deliveries.iter().map(|d| StateColumns::from(&d.state)).collect();
    sqlx::query!(
        "UPDATE delivery SET state = new.state, attempts = new.attempts, next_attempt_at = new.next_attempt_at,
             claimed_until = new.claimed_until, last_error = new.last_error, settled_at = new.settled_at,
             address = new.address
         FROM unnest($1::uuid[], $2::text[], $3::integer[], $4::timestamptz[], $5::timestamptz[], $6::text[],
                     $7::timestamptz[], $8::text[])
             AS new(id, state, attempts, next_attempt_at, claimed_until, last_error, settled_at, address)
         WHERE delivery.id = new.id",
        &deliveries.iter().map(|d| d.id.uuid()).collect::<Vec<_>>(),
        &deliveries.iter().map(|d| d.state.name().to_owned()).collect::<Vec<_>>(),
        &columns.iter().map(|c| c.attempts).collect::<Vec<_>>(),
        columns.iter().map(|c| c.next_attempt_at).collect::<Vec<_>>() as _,
        columns.iter().map(|c| c.claimed_until).collect::<Vec<_>>() as _,
        columns.iter().map(|c| c.last_error.map(str::to_owned)).collect::<Vec<_>>() as _,
        columns.iter().map(|c| c.settled_at).collect::<Vec<_>>() as _,
        deliveries.iter().map(|d| d.address.clone()).collect::<Vec<_>>() as _,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The deliveries about a request, newest first.
pub(crate) async fn of_request(tx: &mut Tx, request: PlacementRequestId) -> Result<Vec<Delivery>, StoreError> {
    let newest_first = deliveries!("placement_request_id = $1 ORDER BY created_at DESC, id DESC", request.uuid());
    newest_first.fetch_all(&mut **tx).await?.into_iter().map(Delivery::try_from).collect()
}

/// Removes deliveries that were settled before `before`, oldest first, and answers how many. Not those whose link may still be
/// used `now`, nor those that were mailed again by one that is still there.
pub(crate) async fn prune(tx: &mut Tx, before: Timestamp, now: Timestamp, limit: i64) -> Result<u64, StoreError> {
    let done = sqlx::query!(
        "DELETE FROM delivery WHERE id IN (
             SELECT d.id FROM delivery d
             WHERE d.state <> 'PENDING' AND d.settled_at < $1
               AND NOT EXISTS (
                   SELECT FROM answer_link l WHERE l.id = d.answer_link_id
                     AND (l.state = 'CLAIMED' OR (l.state = 'OPEN' AND l.expires_at > $2)))
               AND NOT EXISTS (SELECT FROM delivery again WHERE again.resend_of = d.id)
             ORDER BY d.settled_at LIMIT $3 FOR UPDATE SKIP LOCKED)",
        before.to_sqlx() as _,
        now.to_sqlx() as _,
        limit,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected())
}
