//! SQL of the copies, and rows ↔ entries.
//!
//! The tables stand in each service's own schema, which the connection's `search_path` decides: hence plain queries instead of
//! the ones that are checked against one schema, and tests that run every statement. All eleven tables are read and written
//! by the same three statements, which [`table`] makes of a list of columns; rows travel as JSON, so that any number of them is
//! one argument of one statement.

mod organisation;
mod person;
mod schooling;
mod table;

use eventing::Tx;
use kernel::PersonId;
use sqlx::PgExecutor;

pub(crate) use organisation::{AgencyRow, ClosureRow, DestinationRow, ServiceRow, SiteRow};
pub(crate) use person::{PersonRow, read as read_people};
pub(crate) use schooling::{CourseRow, PlacementTypeRow, ProgramRow, ReasonRow, TermRow};
pub(crate) use table::{Inconsistent, Row, newer_than};

use crate::model::{Aggregate, Entry};

/// Keeps entries as they are in their versions, unless newer ones are there. Answers the revision of those that were news;
/// `None` if none was.
pub(crate) async fn put(tx: &mut Tx, entries: &[(i64, Entry)]) -> Result<Option<i64>, sqlx::Error> {
    let mut revision = None;
    for aggregate in Aggregate::ALL {
        let written = put_all(tx, *aggregate, entries).await?;
        revision = revision.max(written);
    }
    Ok(revision)
}

async fn put_all(tx: &mut Tx, aggregate: Aggregate, entries: &[(i64, Entry)]) -> Result<Option<i64>, sqlx::Error> {
    macro_rules! put {
        ($variant:ident, $row:ty) => {{
            let of_kind = entries.iter().filter_map(|(version, entry)| match entry {
                Entry::$variant(entry) => Some((*version, <$row>::from(entry))),
                _ => None,
            });
            table::put(tx, of_kind).await
        }};
    }
    match aggregate {
        Aggregate::Agency => put!(Agency, AgencyRow),
        Aggregate::Site => put!(Site, SiteRow),
        Aggregate::Service => put!(Service, ServiceRow),
        Aggregate::Destination => put!(Destination, DestinationRow),
        Aggregate::Closure => put!(Closure, ClosureRow),
        Aggregate::Program => put!(Program, ProgramRow),
        Aggregate::Course => put!(Course, CourseRow),
        Aggregate::Term => put!(Term, TermRow),
        Aggregate::PlacementType => put!(PlacementType, PlacementTypeRow),
        Aggregate::Reason => put!(Reason, ReasonRow),
        Aggregate::Person => put!(Person, PersonRow),
    }
}

/// The newest revision.
pub(crate) async fn revision(executor: impl PgExecutor<'_>) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar("select revision from directory_revision").fetch_one(executor).await
}

/// The newest revision, and that of each table, in the order of [`Aggregate::ALL`].
pub(crate) async fn revisions(tx: &mut Tx) -> Result<(i64, Vec<i64>), sqlx::Error> {
    let newest = Aggregate::ALL.iter().map(|aggregate| {
        format!("(select coalesce(max(revision), 0) from directory_{})", aggregate.code().to_lowercase())
    });
    let newest = newest.collect::<Vec<_>>().join(", ");
    let statement = format!("select revision, array[{newest}] from directory_revision");
    sqlx::query_as(sqlx::AssertSqlSafe(statement)).fetch_one(&mut **tx).await
}

/// The people who have changed since `revision`; `None` if they are more than `most`.
pub(crate) async fn changed_people(
    tx: &mut Tx,
    revision: i64,
    most: usize,
) -> Result<Option<Vec<PersonId>>, sqlx::Error> {
    let rows: Vec<uuid::Uuid> = sqlx::query_scalar("select id from directory_person where revision > $1 limit $2")
        .bind(revision)
        .bind(i64::try_from(most).unwrap_or(i64::MAX).saturating_add(1))
        .fetch_all(&mut **tx)
        .await?;
    Ok((rows.len() <= most).then(|| rows.into_iter().map(PersonId::from).collect()))
}
