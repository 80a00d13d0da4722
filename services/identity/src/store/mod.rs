//! SQL, and rows turned into domain types. Every function takes the caller's transaction and never commits.

pub mod account;
pub mod advisory;
pub mod audit;
pub mod grant;
pub mod person;
pub mod place;
pub mod profile;
pub mod session;
pub mod signing_key;
pub mod stray_attempt;

use kernel::{ErrorKind, Problem};
use uuid::Uuid;

pub(crate) use chassis::Tx;

/// The store failed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused or is away.
    #[error("database")]
    Database(#[from] sqlx::Error),
    /// A row holds what the service never writes.
    #[error("{table}.{column} of row {row} holds what nobody writes")]
    Inconsistent {
        /// Which table.
        table: &'static str,
        /// Which column.
        column: &'static str,
        /// The row's key.
        row: String,
    },
}

impl StoreError {
    pub(crate) fn inconsistent(table: &'static str, column: &'static str, row: Uuid) -> Self {
        Self::Inconsistent { table, column, row: row.to_string() }
    }
}

impl Problem for StoreError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Database(error) => chassis::error::store_kind(error),
            Self::Inconsistent { .. } => ErrorKind::Internal,
        }
    }

    fn reason(&self) -> &'static str {
        if self.kind() == ErrorKind::Unavailable { "UNAVAILABLE" } else { "INTERNAL" }
    }
}
