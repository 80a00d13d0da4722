//! Why a link does not open.

use kernel::{ErrorKind, FieldViolation, Problem};

use super::answer::Answer;

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum LinkRefusal {
    /// Not as it was mailed: cut off, mistyped or forged.
    #[error("the link is not as it was mailed")]
    Altered,
    /// Signed by us, yet not known here.
    #[error("the link is not known")]
    Unknown,
    /// Its time is over.
    #[error("the link has expired")]
    Expired,
    /// It was used, for this answer.
    #[error("the link has been used")]
    Used(Answer),
    /// The request no longer waits for this answer.
    #[error("nobody waits for this answer any more")]
    Closed,
}

impl Problem for LinkRefusal {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Altered => ErrorKind::Invalid,
            Self::Unknown => ErrorKind::NotFound,
            Self::Expired | Self::Used(_) | Self::Closed => ErrorKind::Precondition,
        }
    }

    fn reason(&self) -> &'static str {
        match self {
            Self::Altered => "LINK_ALTERED",
            Self::Unknown => "LINK_UNKNOWN",
            Self::Expired => "LINK_EXPIRED",
            Self::Used(_) => "LINK_USED",
            Self::Closed => "LINK_CLOSED",
        }
    }

    fn fields(&self) -> Vec<FieldViolation> {
        match self {
            Self::Altered => vec![FieldViolation::new("token", "LINK_ALTERED")],
            _ => Vec::new(),
        }
    }

    fn details(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Used(answer) => vec![("answer", answer.code().to_owned())],
            _ => Vec::new(),
        }
    }
}
