//! What can go wrong between a service and its schema.

use std::fmt::Display;

use kernel::{ErrorKind, Problem};

use crate::error::store_kind;

/// The store failed; callers learn only whether trying or reading again may help.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused or is away.
    #[error("the database failed")]
    Database(#[from] sqlx::Error),
    /// A row holds what the domain does not admit: somebody wrote past the service.
    #[error("inconsistent row {row} of {table}: {column}")]
    Inconsistent {
        /// Which table.
        table: &'static str,
        /// Which column, or which rule between columns.
        column: &'static str,
        /// The row's key.
        row: String,
    },
    /// Somebody else changed the row since it was read.
    #[error("somebody else was faster")]
    LostRace,
}

impl StoreError {
    /// A row holds what the service never writes.
    #[must_use]
    pub fn inconsistent(table: &'static str, column: &'static str, row: impl Display) -> Self {
        Self::Inconsistent { table, column, row: row.to_string() }
    }
}

impl Problem for StoreError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Database(cause) => store_kind(cause),
            Self::Inconsistent { .. } => ErrorKind::Internal,
            Self::LostRace => ErrorKind::Conflict,
        }
    }

    fn reason(&self) -> &'static str {
        match self.kind() {
            ErrorKind::Conflict => "STALE_ETAG",
            ErrorKind::Unavailable => "UNAVAILABLE",
            _ => "INTERNAL",
        }
    }
}
