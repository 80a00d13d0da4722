//! SQL, and rows to domain. Functions take the caller's transaction and never commit.

pub mod agency;
pub mod answer_link;
pub mod closure;
pub mod delivery;
pub mod destination;
pub mod names;
pub mod person;
pub mod program;
pub mod reason;
pub mod request;
pub mod service;
pub mod site;

use uuid::Uuid;

/// A transaction on this service's schema.
pub type Tx = sqlx::Transaction<'static, sqlx::Postgres>;

/// The store failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database failed.
    #[error("database")]
    Database(#[from] sqlx::Error),
    /// A row holds what no row should.
    #[error("{table}.{column} of {row} is inconsistent")]
    Inconsistent {
        /// Which table.
        table: &'static str,
        /// Which column.
        column: &'static str,
        /// The row's id.
        row: Uuid,
    },
}

/// What a projection did with a version.
fn is_taken(done: &sqlx::postgres::PgQueryResult) -> bool {
    done.rows_affected() == 1
}
