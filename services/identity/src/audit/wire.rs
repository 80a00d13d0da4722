//! The record of access.

use jiff::Timestamp;
use kernel::{Fields, Invalid};
use proto::identity::v1 as pb;

use crate::audit::domain::{Filter, Recorded, What};

/// A line as contracts hold it.
#[must_use]
pub fn to_proto(line: &Recorded) -> pb::AccessEntry {
    let entry = &line.entry;
    pb::AccessEntry {
        id: line.id.to_string(),
        occurred_at: Some(proto::timestamp(line.at)),
        event: what_to_proto(entry.what).into(),
        person_id: entry.person.map(|id| id.to_string()).unwrap_or_default(),
        actor_id: entry.actor.map(|id| id.to_string()).unwrap_or_default(),
        session_id: entry.session.map(|id| id.to_string()).unwrap_or_default(),
        address: entry.address.map(|address| address.to_string()).unwrap_or_default(),
        detail: entry.detail.clone(),
    }
}

const fn what_to_proto(what: What) -> pb::AccessEvent {
    match what {
        What::SignedIn => pb::AccessEvent::SignedIn,
        What::Refused => pb::AccessEvent::Refused,
        What::Delayed => pb::AccessEvent::Delayed,
        What::Locked => pb::AccessEvent::Locked,
        What::SignedOut => pb::AccessEvent::SignedOut,
        What::TokenReused => pb::AccessEvent::TokenReused,
        What::RoleSwitched => pb::AccessEvent::RoleSwitched,
        What::PasswordChanged => pb::AccessEvent::PasswordChanged,
        What::PasswordReset => pb::AccessEvent::PasswordReset,
        What::AccountCreated => pb::AccessEvent::AccountCreated,
        What::AccountEnabled => pb::AccessEvent::AccountEnabled,
        What::AccountDisabled => pb::AccessEvent::AccountDisabled,
        What::GrantGiven => pb::AccessEvent::GrantGiven,
        What::GrantTaken => pb::AccessEvent::GrantTaken,
    }
}

/// Reads which lines are asked for.
///
/// # Errors
/// Every fault of the message.
pub fn parse_filter(message: &pb::ListAccessEntriesRequest) -> Result<Filter, Invalid> {
    let mut fields = Fields::default();
    let person = fields.optional_id("person_id", &message.person_id);
    let since = moment(&mut fields, "since", message.since.as_ref());
    let until = moment(&mut fields, "until", message.until.as_ref());
    fields.finish(|| Some(Filter { person: person?, since: since?, until: until? }))
}

fn moment(fields: &mut Fields, field: &str, given: Option<&prost_types::Timestamp>) -> Option<Option<Timestamp>> {
    let Some(given) = given else { return Some(None) };
    // PostgreSQL's calendar begins later than ours, and Tandem later than both.
    let moment = proto::instant(given).filter(|moment| *moment >= Timestamp::UNIX_EPOCH);
    if moment.is_none() {
        fields.fault(field, "OUT_OF_RANGE");
    }
    moment.map(Some)
}
