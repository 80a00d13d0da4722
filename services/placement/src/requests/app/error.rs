//! What the use cases answer when they refuse.

use kernel::{DateRange, ErrorKind, FieldViolation, Invalid, Problem};

use chassis::StoreError;

use crate::requests::domain::{Misfit, Refused};

/// Why a use case did nothing.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing, or the caller may not know of it.
    #[error("not found")]
    NotFound,
    /// The caller sees it, but no grant that writes covers it.
    #[error("out of scope")]
    OutOfScope,
    /// It has changed since the caller read it.
    #[error("the version is stale")]
    StaleEtag,
    /// The input is wrong.
    #[error("the input is wrong")]
    Invalid(#[from] Invalid),
    /// The draft was good when it was written, but what it refers to has changed since.
    #[error("the draft is outdated")]
    DraftOutdated(#[source] Invalid),
    /// The place takes no students on some of the days (domain §5.6).
    #[error("the place is closed from {} to {}", .0.start(), .0.end())]
    PlaceClosed(DateRange),
    /// More is accepted than fits, and the one who accepts has not said that they know (domain §5.5).
    #[error("it does not fit: {}", .0.code())]
    DoesNotFit(Misfit),
    /// The state does not allow it.
    #[error("the action is refused")]
    Refused(#[from] Refused),
    /// Every reference that was drawn is taken: draw again later.
    #[error("no free reference was found")]
    NoFreeReference,
    /// The store failed, or somebody else was faster.
    #[error("the store failed")]
    Store(#[from] StoreError),
}

impl Problem for Error {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::NotFound => ErrorKind::NotFound,
            Self::OutOfScope => ErrorKind::Forbidden,
            Self::StaleEtag => ErrorKind::Conflict,
            Self::Invalid(cause) => cause.kind(),
            Self::DraftOutdated(_) | Self::PlaceClosed(_) | Self::DoesNotFit(_) => ErrorKind::Precondition,
            Self::Refused(cause) => cause.kind(),
            Self::NoFreeReference => ErrorKind::Unavailable,
            Self::Store(cause) => cause.kind(),
        }
    }

    fn reason(&self) -> &'static str {
        match self {
            Self::NotFound => "NOT_FOUND",
            Self::OutOfScope => "OUT_OF_SCOPE",
            Self::StaleEtag => "STALE_ETAG",
            Self::Invalid(cause) => cause.reason(),
            Self::DraftOutdated(_) => "DRAFT_OUTDATED",
            Self::PlaceClosed(_) => "PLACE_CLOSED",
            Self::DoesNotFit(_) => "DOES_NOT_FIT",
            Self::Refused(cause) => cause.reason(),
            Self::NoFreeReference => "UNAVAILABLE",
            Self::Store(cause) => cause.reason(),
        }
    }

    fn fields(&self) -> Vec<FieldViolation> {
        match self {
            Self::Invalid(cause) | Self::DraftOutdated(cause) => cause.fields(),
            Self::Refused(cause) => cause.fields(),
            _ => Vec::new(),
        }
    }

    fn details(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Refused(cause) => cause.details(),
            Self::PlaceClosed(days) => vec![("first", days.start().to_string()), ("last", days.end().to_string())],
            Self::DoesNotFit(misfit) => vec![("misfit", misfit.code().to_owned())],
            _ => Vec::new(),
        }
    }
}
