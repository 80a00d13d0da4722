//! The record of access.

use chassis::{StoreError, Tx};
use ipnet::IpNet;
use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;
use kernel::PersonId;
use uuid::Uuid;

use crate::audit::domain::{AuditEntry, Filter, PageKey, Recorded, What};

struct Row {
    id: Uuid,
    at: jiff_sqlx::Timestamp,
    what: String,
    person_id: Option<Uuid>,
    actor_id: Option<Uuid>,
    session_id: Option<Uuid>,
    detail: String,
    address: Option<String>,
}

impl TryFrom<Row> for Recorded {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let wrong_in = |column| StoreError::inconsistent("access_audit", column, row.id);
        let address = row.address.map(|address| address.parse()).transpose().map_err(|_| wrong_in("address"))?;
        let entry = AuditEntry {
            what: What::parse(&row.what).ok_or_else(|| wrong_in("what"))?,
            person: row.person_id.map(Into::into),
            actor: row.actor_id.map(Into::into),
            session: row.session_id.map(Into::into),
            address,
            detail: row.detail,
        };
        Ok(Self { id: row.id, at: row.at.to_jiff(), entry })
    }
}

/// Adds a line. There is no way to change one, and none to remove it before its retention ends.
///
/// # Errors
/// [`StoreError`].
pub async fn append(tx: &mut Tx, id: Uuid, at: Timestamp, entry: &AuditEntry) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO access_audit (id, at, what, person_id, actor_id, session_id, detail, address)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8::text::inet)",
        id,
        at.to_sqlx() as _,
        entry.what.code(),
        entry.person.map(|id| id.uuid()),
        entry.actor.map(|id| id.uuid()),
        entry.session.map(|id| id.uuid()),
        entry.detail,
        entry.address.map(|address| address.to_canonical().to_string()),
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Whether a person has signed in from a network since `since`; never where nobody knows the network.
///
/// # Errors
/// [`StoreError`].
pub async fn has_signed_in_from(
    tx: &mut Tx,
    person: PersonId,
    network: Option<IpNet>,
    since: Timestamp,
) -> Result<bool, StoreError> {
    let row = sqlx::query!(
        r#"SELECT EXISTS (SELECT FROM access_audit
                          WHERE what = 'SIGNED_IN' AND person_id = $1 AND at > $3
                            AND address <<= $2::text::inet) AS "exists!""#,
        person.uuid(),
        network.map(|network| network.to_string()),
        since.to_sqlx() as _,
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(row.exists)
}

/// At most `limit` lines before `after`, the newest first.
///
/// # Errors
/// [`StoreError`].
pub async fn page(
    tx: &mut Tx,
    filter: &Filter,
    after: Option<PageKey>,
    limit: i64,
) -> Result<Vec<Recorded>, StoreError> {
    sqlx::query_as!(
        Row,
        r#"SELECT id, at AS "at: _", what, person_id, actor_id, session_id, detail, host(address) AS address
           FROM access_audit
           WHERE ($1::uuid IS NULL OR person_id = $1)
             AND ($2::timestamptz IS NULL OR at >= $2) AND ($3::timestamptz IS NULL OR at < $3)
             AND ($4::timestamptz IS NULL OR (at, id) < ($4, $5))
           ORDER BY at DESC, id DESC LIMIT $6"#,
        filter.person.map(|id| id.uuid()),
        filter.since.map(|at| at.to_sqlx()) as _,
        filter.until.map(|at| at.to_sqlx()) as _,
        after.map(|key| key.at.to_sqlx()) as _,
        after.map(|key| key.id).unwrap_or_default(),
        limit,
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(TryInto::try_into)
    .collect()
}

/// Removes at most `limit` lines from before `before`, whose retention has ended; answers how many.
///
/// # Errors
/// [`StoreError`].
pub async fn purge(tx: &mut Tx, before: Timestamp, limit: i64) -> Result<u64, StoreError> {
    // The table's trigger lets no other transaction remove a line.
    sqlx::query!("SELECT set_config('tandem.retention', 'ended', true) AS said").fetch_one(&mut **tx).await?;
    let done = sqlx::query!(
        "DELETE FROM access_audit WHERE id IN (
             SELECT id FROM access_audit WHERE at < $1 ORDER BY at LIMIT $2 FOR UPDATE SKIP LOCKED)",
        before.to_sqlx() as _,
        limit,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected())
}
