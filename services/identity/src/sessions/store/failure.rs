//! Wrong passwords of the last day, by login and network.

use chassis::{StoreError, Tx};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;

use crate::sessions::domain::delays::{Count, Counts, REMEMBERED};

/// In place of the network: from anywhere.
const ANYWHERE: &str = "*";
/// In place of the login: any.
const ANY_LOGIN: &[u8] = &[];

/// What is tried, and from where.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// SHA-256 of what was typed as login.
    pub login: &'a [u8; 32],
    /// The network.
    pub network: &'a str,
}

struct Row {
    login: Vec<u8>,
    network: String,
    wrong: i32,
    last_at: jiff_sqlx::Timestamp,
}

fn counts(rows: Vec<Row>) -> Counts {
    let mut counts = Counts::default();
    for row in rows {
        let count = Count { wrong: row.wrong, last_at: row.last_at.to_jiff() };
        match (row.login.is_empty(), row.network.as_str()) {
            (false, ANYWHERE) => counts.login = count,
            (true, _) => counts.network = count,
            (false, _) => counts.pair = count,
        }
    }
    counts
}

/// What bears on a try.
///
/// # Errors
/// [`StoreError`].
pub async fn read(tx: &mut Tx, place: Place<'_>, now: Timestamp) -> Result<Counts, StoreError> {
    let rows = sqlx::query_as!(
        Row,
        r#"SELECT login, network, wrong, last_at AS "last_at: _" FROM sign_in_failure
           WHERE ((login = $1 AND network IN ($2, $3)) OR (login = $4 AND network = $2)) AND last_at > $5"#,
        place.login.as_slice(),
        place.network,
        ANYWHERE,
        ANY_LOGIN,
        (now - REMEMBERED).to_sqlx() as _,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(counts(rows))
}

/// Counts a wrong password; answers what bears on the next try.
///
/// # Errors
/// [`StoreError`].
pub async fn add(tx: &mut Tx, place: Place<'_>, now: Timestamp) -> Result<Counts, StoreError> {
    // The network's row comes last, since most wait for it.
    let rows = sqlx::query_as!(
        Row,
        r#"INSERT INTO sign_in_failure (login, network, wrong, last_at)
           VALUES ($1, $3, 1, $5), ($1, $2, 1, $5), ($4, $2, 1, $5)
           ON CONFLICT (login, network) DO UPDATE
               SET wrong = CASE WHEN sign_in_failure.last_at > $6 THEN least(sign_in_failure.wrong, 1000000) + 1 ELSE 1 END,
                   last_at = excluded.last_at
           RETURNING login, network, wrong, last_at AS "last_at: _""#,
        place.login.as_slice(),
        place.network,
        ANYWHERE,
        ANY_LOGIN,
        now.to_sqlx() as _,
        (now - REMEMBERED).to_sqlx() as _,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(counts(rows))
}

/// Forgets what was mistyped here before the right password came: the network keeps what was mistyped at other logins.
///
/// # Errors
/// [`StoreError`].
pub async fn forgive(tx: &mut Tx, place: Place<'_>, counts: &Counts) -> Result<(), StoreError> {
    sqlx::query!(
        "DELETE FROM sign_in_failure WHERE login = $1 AND network IN ($2, $3)",
        place.login.as_slice(),
        place.network,
        ANYWHERE,
    )
    .execute(&mut **tx)
    .await?;
    if counts.pair.wrong > 0 {
        sqlx::query!(
            "UPDATE sign_in_failure SET wrong = greatest(wrong - $3, 0) WHERE login = $1 AND network = $2",
            ANY_LOGIN,
            place.network,
            counts.pair.wrong,
        )
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}

/// Ends the delays of a login, wherever they hold.
///
/// # Errors
/// [`StoreError`].
pub async fn forget(tx: &mut Tx, login: &[u8; 32]) -> Result<(), StoreError> {
    sqlx::query!("DELETE FROM sign_in_failure WHERE login = $1", login.as_slice()).execute(&mut **tx).await?;
    Ok(())
}

/// Removes at most `limit` counts whose last wrong password is older than `before`; answers how many.
///
/// # Errors
/// [`StoreError`].
pub async fn purge(tx: &mut Tx, before: Timestamp, limit: i64) -> Result<u64, StoreError> {
    let done = sqlx::query!(
        "DELETE FROM sign_in_failure WHERE (login, network) IN (
             SELECT login, network FROM sign_in_failure WHERE last_at < $1 LIMIT $2 FOR UPDATE SKIP LOCKED)",
        before.to_sqlx() as _,
        limit,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected())
}
