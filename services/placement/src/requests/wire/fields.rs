//! Pieces that many messages share.

use std::str::FromStr;

use kernel::{DateRange, Fields, Invalid};
use proto::placement::v1 as placement;

use super::codes;
use crate::requests::domain::{Decision, Explanation, Misfit, ReasonCode, Refusal, Target, is_too_long};

/// Most characters of a comment.
pub(super) const COMMENT: usize = 4000;

/// Most hours per student, however long the placement is.
pub(super) const MOST_HOURS: i32 = 5000;

/// Which request, in which version.
///
/// # Errors
/// `id` or `etag`.
pub fn target(id: &str, etag: &str) -> Result<Target, Invalid> {
    let mut fields = Fields::default();
    let target = target_in(&mut fields, ("id", id), ("etag", etag));
    fields.finish(|| target)
}

/// An id alone.
///
/// # Errors
/// `id`.
pub fn id<T: FromStr>(text: &str) -> Result<T, Invalid> {
    let mut fields = Fields::default();
    let id = fields.id("id", text);
    fields.finish(|| id)
}

pub(super) fn target_in(fields: &mut Fields, id: (&str, &str), etag: (&str, &str)) -> Option<Target> {
    let (id, version) = (fields.id(id.0, id.1), fields.etag(etag.0, etag.1));
    Some(Target { id: id?, version: version? })
}

pub(super) fn comment(fields: &mut Fields, text: &str) -> Option<String> {
    fields.text("comment", text, 0..=COMMENT)
}

/// Dates in order, of at most two years: `PERIOD_TOO_LONG`.
pub(crate) fn period(fields: &mut Fields, start: (&str, &str), end: (&str, &str)) -> Option<DateRange> {
    let dates = fields.dates(start, end)?;
    if is_too_long(dates) {
        fields.fault(end.0, "PERIOD_TOO_LONG");
        return None;
    }
    Some(dates)
}

/// Yes, with a reason or not; or no, with one.
pub(crate) fn decision(fields: &mut Fields, answer: i32, reason: &str, text: &str) -> Option<Decision> {
    let comment = comment(fields, text);
    match placement::Answer::try_from(answer) {
        Ok(placement::Answer::Accept) => {
            let reason = optional_reason(fields, reason);
            Some(Decision::Accept(Explanation { reason: reason?, comment: comment? }))
        }
        Ok(placement::Answer::Decline) => {
            let reason = required_reason(fields, reason);
            Some(Decision::Decline(Refusal { reason: reason?, comment: comment? }))
        }
        Ok(placement::Answer::Unspecified) => {
            fields.fault("answer", "REQUIRED");
            None
        }
        Err(_) => {
            fields.fault("answer", "UNKNOWN_VALUE");
            None
        }
    }
}

/// Why something does not fit, as far as whoever accepts knows that.
pub(crate) fn despite_misfits(fields: &mut Fields, numbers: &[i32]) -> Option<Vec<Misfit>> {
    let misfits: Option<_> = numbers.iter().map(|number| codes::known_misfit(*number)).collect();
    if misfits.is_none() {
        fields.fault("despite_misfits", "UNKNOWN_VALUE");
    }
    misfits
}

pub(super) fn optional_reason(fields: &mut Fields, reason: &str) -> Option<Option<ReasonCode>> {
    let code = fields.text("reason_code", reason, 0..=40)?;
    Some(Some(code).filter(|code| !code.is_empty()).map(ReasonCode))
}

pub(super) fn required_reason(fields: &mut Fields, reason: &str) -> Option<ReasonCode> {
    fields.text("reason_code", reason, 1..=40).map(ReasonCode)
}

pub(super) fn id_or_empty(id: Option<impl ToString>) -> String {
    id.map(|id| id.to_string()).unwrap_or_default()
}
