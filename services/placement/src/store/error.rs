//! What can go wrong between here and the database.

/// The store failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database refused or is away.
    #[error("the database failed")]
    Sql(#[from] sqlx::Error),
    /// A row holds what the domain does not admit: somebody wrote past this service.
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

impl Error {
    /// Whether the database, not a row or a race, is the cause.
    #[must_use]
    pub const fn sql(&self) -> Option<&sqlx::Error> {
        if let Self::Sql(cause) = self { Some(cause) } else { None }
    }
}
