//! Why a report cannot be had.

use chassis::error::store_kind;
use kernel::{ErrorKind, Problem};

use crate::domain::viewer::OutOfScope;

/// Why a report cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The rights hold for no place of the viewer's side.
    #[error(transparent)]
    OutOfScope(#[from] OutOfScope),
    /// The database failed.
    #[error("the database failed")]
    Store(#[from] sqlx::Error),
}

impl Problem for ReportError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::OutOfScope(cause) => cause.kind(),
            Self::Store(cause) => store_kind(cause),
        }
    }

    fn reason(&self) -> &'static str {
        match self {
            Self::OutOfScope(cause) => cause.reason(),
            Self::Store(cause) if store_kind(cause) == ErrorKind::Unavailable => "UNAVAILABLE",
            Self::Store(_) => "INTERNAL",
        }
    }
}
