//! Closures.

use kernel::{Fields, Invalid};
use proto::configuration::v1 as configuration;

use super::super::closure::{ClosedPlace, Closure, ClosureReason};
use super::required;

/// Reads a closure.
pub(crate) fn parse(event: &configuration::ClosureChanged) -> Result<Closure, Invalid> {
    let message = required("closure", &event.closure)?;
    let mut fields = Fields::default();
    let id = fields.id("closure.id", &message.id);
    let place = place(&mut fields, message);
    let days = fields.dates(("closure.start_date", &message.start_date), ("closure.end_date", &message.end_date));
    fields.finish(|| {
        let days = days?;
        Some(Closure {
            id: id?,
            place: place?,
            start: days.start(),
            end: days.end(),
            reason: reason(message.reason()),
            active: message.active,
        })
    })
}

/// Exactly one is named.
fn place(fields: &mut Fields, message: &configuration::Closure) -> Option<ClosedPlace> {
    if !message.agency_id.is_empty() {
        return fields.id("closure.agency_id", &message.agency_id).map(ClosedPlace::Agency);
    }
    if !message.site_id.is_empty() {
        return fields.id("closure.site_id", &message.site_id).map(ClosedPlace::Site);
    }
    fields.id("closure.destination_id", &message.destination_id).map(ClosedPlace::Destination)
}

/// One that a newer configuration knows and we do not is another one.
const fn reason(reason: configuration::ClosureReason) -> ClosureReason {
    match reason {
        configuration::ClosureReason::Outbreak => ClosureReason::Outbreak,
        configuration::ClosureReason::Construction => ClosureReason::Construction,
        configuration::ClosureReason::LabourDispute => ClosureReason::LabourDispute,
        configuration::ClosureReason::Security => ClosureReason::Security,
        configuration::ClosureReason::Holidays => ClosureReason::Holidays,
        configuration::ClosureReason::Other | configuration::ClosureReason::Unspecified => ClosureReason::Other,
    }
}
