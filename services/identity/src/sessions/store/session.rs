//! Sessions and the digests of their refresh tokens.

use chassis::{StoreError, Tx};
use directory::model::Role;
use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;
use kernel::PersonId;
use uuid::Uuid;

use crate::sessions::domain::session::{EndCause, Session, State};

struct Row {
    id: Uuid,
    person_id: Uuid,
    active_role: String,
    generation: i32,
    started_at: jiff_sqlx::Timestamp,
    rotated_at: jiff_sqlx::Timestamp,
    ended_at: Option<jiff_sqlx::Timestamp>,
    end_cause: Option<String>,
}

impl TryFrom<Row> for Session {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let wrong_in = |column| StoreError::inconsistent("session", column, row.id);
        let state = match (row.ended_at, row.end_cause.as_deref()) {
            (None, None) => State::Open,
            (Some(at), Some(cause)) => {
                State::Ended { at: at.to_jiff(), cause: EndCause::parse(cause).ok_or_else(|| wrong_in("end_cause"))? }
            }
            _ => return Err(wrong_in("end_cause")),
        };
        Ok(Self {
            id: row.id.into(),
            person: row.person_id.into(),
            role: Role::parse(&row.active_role).ok_or_else(|| wrong_in("active_role"))?,
            started_at: row.started_at.to_jiff(),
            generation: row.generation,
            rotated_at: row.rotated_at.to_jiff(),
            state,
        })
    }
}

/// Adds a session.
///
/// # Errors
/// [`StoreError`].
pub async fn insert(tx: &mut Tx, session: &Session) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO session (id, person_id, active_role, generation, started_at, rotated_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
        session.id.uuid(),
        session.person.uuid(),
        session.role.code(),
        session.generation,
        session.started_at.to_sqlx() as _,
        session.rotated_at.to_sqlx() as _,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Writes a session.
///
/// # Errors
/// [`StoreError`].
pub async fn update(tx: &mut Tx, session: &Session) -> Result<(), StoreError> {
    let ended = match session.state {
        State::Open => None,
        State::Ended { at, cause } => Some((at, cause)),
    };
    sqlx::query!(
        "UPDATE session SET active_role = $2, generation = $3, rotated_at = $4, ended_at = $5, end_cause = $6
         WHERE id = $1",
        session.id.uuid(),
        session.role.code(),
        session.generation,
        session.rotated_at.to_sqlx() as _,
        ended.map(|(at, _)| at.to_sqlx()) as _,
        ended.map(|(_, cause)| cause.code()),
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Adds a token to a session, of its newest generation.
///
/// # Errors
/// [`StoreError`].
pub async fn add_token(tx: &mut Tx, session: &Session, digest: &[u8; 32]) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO refresh_token (digest, session_id, generation) VALUES ($1, $2, $3)",
        digest.as_slice(),
        session.id.uuid(),
        session.generation,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The session of a token, held until the transaction ends, and the token's generation.
///
/// # Errors
/// [`StoreError`].
pub async fn lock_by_token(tx: &mut Tx, digest: &[u8; 32]) -> Result<Option<(Session, i32)>, StoreError> {
    let token = sqlx::query!("SELECT session_id, generation FROM refresh_token WHERE digest = $1", digest.as_slice())
        .fetch_optional(&mut **tx)
        .await?;
    let Some(token) = token else { return Ok(None) };
    let row = sqlx::query_as!(
        Row,
        r#"SELECT id, person_id, active_role, generation, started_at AS "started_at: _",
                  rotated_at AS "rotated_at: _", ended_at AS "ended_at: _", end_cause
           FROM session WHERE id = $1 FOR NO KEY UPDATE"#,
        token.session_id,
    )
    .fetch_optional(&mut **tx)
    .await?;
    row.map(|row| Ok((row.try_into()?, token.generation))).transpose()
}

/// Ends every open session of a person.
///
/// # Errors
/// [`StoreError`].
pub async fn end_all(tx: &mut Tx, person: PersonId, cause: EndCause, now: Timestamp) -> Result<(), StoreError> {
    sqlx::query!(
        "UPDATE session SET ended_at = $2, end_cause = $3 WHERE person_id = $1 AND ended_at IS NULL",
        person.uuid(),
        now.to_sqlx() as _,
        cause.code(),
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Removes at most `limit` sessions, with their tokens, that nobody refreshed since `before`; answers how many.
///
/// # Errors
/// [`StoreError`].
pub async fn purge(tx: &mut Tx, before: Timestamp, limit: i64) -> Result<u64, StoreError> {
    let done = sqlx::query!(
        "DELETE FROM session WHERE id IN (
             SELECT id FROM session WHERE rotated_at < $1 LIMIT $2 FOR UPDATE SKIP LOCKED)",
        before.to_sqlx() as _,
        limit,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected())
}
