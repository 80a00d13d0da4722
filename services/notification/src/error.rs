//! What goes wrong whatever the caller does.

use chassis::StoreError;
use kernel::{ErrorKind, Problem};

/// The state does not allow it.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("what is {from} cannot become {to}")]
pub(crate) struct InvalidTransition {
    pub(crate) from: &'static str,
    pub(crate) to: &'static str,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A row is in a state that its lock excludes.
    #[error(transparent)]
    Transition(#[from] InvalidTransition),
}

impl Problem for Error {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Store(error) => error.kind(),
            Self::Transition(_) => ErrorKind::Internal,
        }
    }

    fn reason(&self) -> &'static str {
        match self {
            Self::Store(error) => error.reason(),
            Self::Transition(_) => "INTERNAL",
        }
    }
}
