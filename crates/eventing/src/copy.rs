//! Copies of other services' data: fed by their events, refilled from their export stream.
//!
//! A projection keeps `aggregate_version` beside each row and writes with
//!
//! ```sql
//! insert into person_copy (id, version, ...) values ($1, $2, ...)
//! on conflict (id) do update set version = excluded.version, ...
//! where person_copy.version < excluded.version
//! ```
//!
//! so that an older event that arrives late, or an export that overtakes an event, changes nothing. A row is never
//! deleted on an event, only marked inactive: a deleted row would let an older event bring it back.

use futures::{Stream, StreamExt as _};
use proto::event::v1::Envelope;
use sqlx::PgPool;

use crate::{
    Consumers, HandlerError,
    handling::{commit, is_collision},
};

/// Envelopes per transaction.
const BATCH: usize = 200;
/// How often a batch is tried again at once after a serialization failure or deadlock.
const TRIES: u32 = 5;

/// Why a refill stopped. What was applied before stays; the next refill starts over.
#[derive(Debug, thiserror::Error)]
pub enum RefillError {
    /// The stream of the owner broke off.
    #[error("the export of {origin} broke off: {cause}")]
    Stream {
        /// The owner.
        origin: String,
        /// What the stream said.
        cause: anyhow::Error,
    },
    /// An envelope could not be applied.
    #[error("the export could not be applied")]
    Apply(#[from] HandlerError),
    /// The database failed.
    #[error("the database failed")]
    Database(#[from] sqlx::Error),
}

/// Whether the copy of `source` was filled once, to the end.
///
/// # Errors
/// If the database fails.
pub async fn is_filled(pool: &PgPool, source: &str) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar("select exists (select from copy_state where source = $1)").bind(source).fetch_one(pool).await
}

/// Applies an owner's export through the service's handlers, some hundreds per transaction, and records that the copy is
/// filled once the stream has ended well. Events may arrive meanwhile. Answers how many envelopes were applied.
///
/// # Errors
/// If the stream breaks off, a handler refuses or the database fails; the copy then doesn't count as filled.
pub async fn refill<S, E>(pool: &PgPool, source: &str, consumers: &Consumers, stream: S) -> Result<usize, RefillError>
where
    S: Stream<Item = Result<Envelope, E>>,
    E: Into<anyhow::Error>,
{
    let mut batches = std::pin::pin!(stream.chunks(BATCH));
    let mut applied = 0;
    while let Some(batch) = batches.next().await {
        let batch = batch
            .into_iter()
            .collect::<Result<Vec<_>, E>>()
            .map_err(|cause| RefillError::Stream { origin: source.to_owned(), cause: cause.into() })?;
        applied += apply(pool, consumers, &batch).await?;
    }
    sqlx::query(
        "insert into copy_state (source, filled_at) values ($1, now())
         on conflict (source) do update set filled_at = excluded.filled_at",
    )
    .bind(source)
    .execute(pool)
    .await?;
    tracing::info!(source, applied, "copy filled");
    Ok(applied)
}

async fn apply(pool: &PgPool, consumers: &Consumers, batch: &[Envelope]) -> Result<usize, RefillError> {
    let mut tries = 1;
    loop {
        match apply_once(pool, consumers, batch).await {
            Err(RefillError::Apply(HandlerError::Retry(cause))) if tries < TRIES && is_collision(&cause) => tries += 1,
            outcome => return outcome,
        }
    }
}

async fn apply_once(pool: &PgPool, consumers: &Consumers, batch: &[Envelope]) -> Result<usize, RefillError> {
    let mut tx = crate::begin(pool).await?;
    let applied = consumers.apply(&mut tx, batch).await?;
    commit(tx).await.map_err(HandlerError::from)?;
    consumers.committed().await;
    Ok(applied)
}
