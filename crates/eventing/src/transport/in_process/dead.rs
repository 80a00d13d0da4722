//! Dead letters of in-process queues.

use jiff_sqlx::Timestamp;
use kernel::EventId;
use sqlx::{PgPool, Row as _, postgres::PgRow};
use uuid::Uuid;

use crate::{envelope, transport::DeadLetter};

/// The dead letters of `queues` in one schema, oldest first.
pub(crate) async fn list(pool: &PgPool, queues: &[String]) -> Result<Vec<DeadLetter>, sqlx::Error> {
    let rows = sqlx::query(
        "select queue, event_id, envelope, attempts, dead_reason, died_at from queue_message
         where died_at is not null and queue = any($1) order by died_at, position",
    );
    rows.bind(queues).fetch_all(pool).await?.iter().map(letter).collect()
}

/// Makes dead letters wait for their handler again; answers how many.
pub(crate) async fn replay(pool: &PgPool, queue: &str, id: Option<EventId>) -> Result<u64, sqlx::Error> {
    let revived = sqlx::query(
        "update queue_message set died_at = null, dead_reason = null, attempts = 0, available_at = now()
         where died_at is not null and queue = $1 and ($2::uuid is null or event_id = $2)",
    );
    Ok(revived.bind(queue).bind(id.map(EventId::uuid)).execute(pool).await?.rows_affected())
}

fn letter(row: &PgRow) -> Result<DeadLetter, sqlx::Error> {
    let bytes: Vec<u8> = row.try_get("envelope")?;
    Ok(DeadLetter {
        queue: row.try_get("queue")?,
        event_id: Some(row.try_get::<Uuid, _>("event_id")?.into()),
        event_type: envelope::decode(&bytes).ok().map(|e| e.r#type),
        reason: row.try_get::<Option<String>, _>("dead_reason")?.unwrap_or_default(),
        attempts: u32::try_from(row.try_get::<i32, _>("attempts")?).unwrap_or(0),
        died_at: Some(row.try_get::<Timestamp, _>("died_at")?.to_jiff()),
    })
}
