use super::super::domain::Outcome;

/// What came of handing a mail over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sending {
    pub(crate) outcome: Outcome,
    /// Whether the server may have taken the mail although its answer never came: SMTP's own gap (RFC 5321 §4.5.4.2).
    pub(crate) answer_lost: bool,
}

impl Sending {
    pub(super) fn refused(error: String) -> Self {
        Self { outcome: Outcome::Refused(error), answer_lost: false }
    }
}
