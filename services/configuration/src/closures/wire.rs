//! Closures.

use chassis::mask::Mask;
use directory::model::ClosureReason;
use kernel::{Fields, Invalid};
use proto::configuration::v1 as pb;

use crate::{
    closures::domain::{Closure, ClosureSeverity, Place},
    resources::{Message, Stored},
};

chassis::overlay!(pb::Closure { start_date, end_date, reason, severity, note, active });

impl Message for Closure {
    type Proto = pb::Closure;
    type Event = pb::ClosureChanged;

    const NAME: &'static str = "closure";
    const CHANGEABLE: &'static [&'static str] = CHANGEABLE;

    fn overlay(stored: &mut pb::Closure, from: &pb::Closure, mask: &Mask) {
        overlay(stored, from, mask);
    }

    fn changed(stored: &Stored<Self>) -> pb::ClosureChanged {
        pb::ClosureChanged { closure: Some(Self::write(stored)) }
    }

    fn parse(message: &pb::Closure) -> Result<Self, Invalid> {
        let mut fields = Fields::default();
        let id = fields.id("closure.id", &message.id);
        let place = place(&mut fields, message);
        let days = fields.dates(("closure.start_date", &message.start_date), ("closure.end_date", &message.end_date));
        let reason = parse_reason(message.reason);
        if reason.is_none() {
            fields.fault("closure.reason", unknown(message.reason));
        }
        let severity = parse_severity(message.severity);
        if severity.is_none() {
            fields.fault("closure.severity", unknown(message.severity));
        }
        let note = fields.text("closure.note", &message.note, 0..=1000);
        fields.finish(|| {
            Some(Self {
                id: id?,
                place: place?,
                days: days?,
                reason: reason?,
                severity: severity?,
                note: note?,
                active: message.active,
            })
        })
    }

    fn write(stored: &Stored<Self>) -> pb::Closure {
        let closure = stored.value.clone();
        pb::Closure {
            id: closure.id.to_string(),
            agency_id: closure.place.agency().map_or_else(String::new, |id| id.to_string()),
            site_id: closure.place.site().map_or_else(String::new, |id| id.to_string()),
            destination_id: closure.place.destination().map_or_else(String::new, |id| id.to_string()),
            start_date: closure.days.start().to_string(),
            end_date: closure.days.end().to_string(),
            reason: write_reason(closure.reason).into(),
            severity: write_severity(closure.severity).into(),
            note: closure.note,
            active: closure.active,
            etag: stored.version.to_string(),
        }
    }
}

/// Exactly one.
fn place(fields: &mut Fields, message: &pb::Closure) -> Option<Place> {
    let agency = fields.optional_id("closure.agency_id", &message.agency_id);
    let site = fields.optional_id("closure.site_id", &message.site_id);
    let destination = fields.optional_id("closure.destination_id", &message.destination_id);
    let (agency, site, destination) = (agency?, site?, destination?);
    let place = Place::only(agency, site, destination);
    if place.is_none() {
        let named = agency.is_some() || site.is_some() || destination.is_some();
        fields.fault("closure.destination_id", if named { "MORE_THAN_ONE_PLACE" } else { "REQUIRED" });
    }
    place
}

/// Nothing was said, or something that we do not know.
const fn unknown(number: i32) -> &'static str {
    if number == 0 { "REQUIRED" } else { "UNKNOWN_VALUE" }
}

fn parse_reason(number: i32) -> Option<ClosureReason> {
    match pb::ClosureReason::try_from(number) {
        Ok(pb::ClosureReason::Outbreak) => Some(ClosureReason::Outbreak),
        Ok(pb::ClosureReason::Construction) => Some(ClosureReason::Construction),
        Ok(pb::ClosureReason::LabourDispute) => Some(ClosureReason::LabourDispute),
        Ok(pb::ClosureReason::Security) => Some(ClosureReason::Security),
        Ok(pb::ClosureReason::Holidays) => Some(ClosureReason::Holidays),
        Ok(pb::ClosureReason::Other) => Some(ClosureReason::Other),
        Ok(pb::ClosureReason::Unspecified) | Err(_) => None,
    }
}

const fn write_reason(reason: ClosureReason) -> pb::ClosureReason {
    match reason {
        ClosureReason::Outbreak => pb::ClosureReason::Outbreak,
        ClosureReason::Construction => pb::ClosureReason::Construction,
        ClosureReason::LabourDispute => pb::ClosureReason::LabourDispute,
        ClosureReason::Security => pb::ClosureReason::Security,
        ClosureReason::Holidays => pb::ClosureReason::Holidays,
        ClosureReason::Other => pb::ClosureReason::Other,
    }
}

fn parse_severity(number: i32) -> Option<ClosureSeverity> {
    match pb::ClosureSeverity::try_from(number) {
        Ok(pb::ClosureSeverity::HoldNewRequests) => Some(ClosureSeverity::HoldNewRequests),
        Ok(pb::ClosureSeverity::SuspendCurrent) => Some(ClosureSeverity::SuspendCurrent),
        Ok(pb::ClosureSeverity::Unspecified) | Err(_) => None,
    }
}

const fn write_severity(severity: ClosureSeverity) -> pb::ClosureSeverity {
    match severity {
        ClosureSeverity::HoldNewRequests => pb::ClosureSeverity::HoldNewRequests,
        ClosureSeverity::SuspendCurrent => pb::ClosureSeverity::SuspendCurrent,
    }
}
