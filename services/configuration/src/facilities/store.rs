//! Which rows of an open data file the agencies and sites came from: the `source_*` columns.

use std::collections::HashMap;

use chassis::{StoreError, Tx};
use kernel::{AgencyId, SiteId};

/// An entry that an earlier import has written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported<Id> {
    /// The entry.
    pub id: Id,
    /// What the source said of it then.
    pub values: String,
}

/// Lets one import at a time go on, until the transaction ends.
///
/// # Errors
/// If the database fails.
pub async fn take_turns(tx: &mut Tx) -> Result<(), StoreError> {
    sqlx::query!("select pg_advisory_xact_lock(hashtext('tandem.configuration.import')) as \"locked: ()\"")
        .fetch_one(&mut **tx)
        .await?;
    Ok(())
}

/// The agencies that came from these rows, by source key.
///
/// # Errors
/// If the database fails.
pub async fn agencies(tx: &mut Tx, keys: &[String]) -> Result<HashMap<String, Imported<AgencyId>>, StoreError> {
    let rows = sqlx::query!(
        r#"select id, source_key as "key!", source_values as "values!" from agency where source_key = any($1)"#,
        keys,
    );
    let rows = rows.fetch_all(&mut **tx).await?;
    Ok(rows.into_iter().map(|r| (r.key, Imported { id: r.id.into(), values: r.values })).collect())
}

/// The sites that came from these rows, by source key.
///
/// # Errors
/// If the database fails.
pub async fn sites(tx: &mut Tx, keys: &[String]) -> Result<HashMap<String, Imported<SiteId>>, StoreError> {
    let rows = sqlx::query!(
        r#"select id, source_key as "key!", source_values as "values!" from site where source_key = any($1)"#,
        keys,
    );
    let rows = rows.fetch_all(&mut **tx).await?;
    Ok(rows.into_iter().map(|r| (r.key, Imported { id: r.id.into(), values: r.values })).collect())
}

/// Notes which row an agency came from, and what it said.
///
/// # Errors
/// If the database fails.
pub async fn mark_agency(tx: &mut Tx, id: AgencyId, key: &str, values: &str) -> Result<(), StoreError> {
    sqlx::query!("update agency set source_key = $2, source_values = $3 where id = $1", id.uuid(), key, values)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Notes which row a site came from, and what it said.
///
/// # Errors
/// If the database fails.
pub async fn mark_site(tx: &mut Tx, id: SiteId, key: &str, values: &str) -> Result<(), StoreError> {
    sqlx::query!("update site set source_key = $2, source_values = $3 where id = $1", id.uuid(), key, values)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
