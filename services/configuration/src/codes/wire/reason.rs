//! Reasons.

use chassis::mask::Mask;
use directory::model::ReasonUse;
use kernel::{Fields, Invalid};
use proto::configuration::v1 as pb;

use crate::{
    codes::domain::reason::Reason,
    resources::{
        Message, Stored,
        text::{bilingual, code, localized},
    },
};

chassis::overlay!(pb::Reason { name, uses, active });

impl Message for Reason {
    type Proto = pb::Reason;
    type Event = pb::ReasonChanged;

    const NAME: &'static str = "reason";
    const CHANGEABLE: &'static [&'static str] = CHANGEABLE;

    fn overlay(stored: &mut pb::Reason, from: &pb::Reason, mask: &Mask) {
        overlay(stored, from, mask);
    }

    fn changed(stored: &Stored<Self>) -> pb::ReasonChanged {
        pb::ReasonChanged { reason: Some(Self::write(stored)) }
    }

    fn parse(message: &pb::Reason) -> Result<Self, Invalid> {
        let mut fields = Fields::default();
        let code = code(&mut fields, "reason.code", &message.code, 1..=10);
        let name = bilingual(&mut fields, "reason.name", message.name.as_ref());
        let uses = uses(&mut fields, &message.uses);
        fields.finish(|| Some(Self { code: code?, name: name?, uses: uses?, active: message.active }))
    }

    fn write(stored: &Stored<Self>) -> pb::Reason {
        let reason = &stored.value;
        pb::Reason {
            code: reason.code.to_string(),
            name: localized(&reason.name),
            uses: reason.uses.iter().map(|u| write_use(*u).into()).collect(),
            active: reason.active,
            etag: stored.version.to_string(),
        }
    }
}

/// At least one; in the order of the list, each once, however often it is named.
fn uses(fields: &mut Fields, numbers: &[i32]) -> Option<Vec<ReasonUse>> {
    if numbers.is_empty() {
        fields.fault("reason.uses", "REQUIRED");
    }
    let mut uses = Vec::with_capacity(numbers.len());
    for (i, number) in numbers.iter().enumerate() {
        match parse_use(*number) {
            Some(found) => uses.push(found),
            None => fields.fault(format!("reason.uses[{i}]"), "UNKNOWN_USE"),
        }
    }
    uses.sort_unstable();
    uses.dedup();
    Some(uses)
}

fn parse_use(number: i32) -> Option<ReasonUse> {
    match pb::ReasonUse::try_from(number) {
        Ok(pb::ReasonUse::Accept) => Some(ReasonUse::Accept),
        Ok(pb::ReasonUse::Decline) => Some(ReasonUse::Decline),
        Ok(pb::ReasonUse::Cancel) => Some(ReasonUse::Cancel),
        Ok(pb::ReasonUse::Unspecified) | Err(_) => None,
    }
}

const fn write_use(reason_use: ReasonUse) -> pb::ReasonUse {
    match reason_use {
        ReasonUse::Accept => pb::ReasonUse::Accept,
        ReasonUse::Decline => pb::ReasonUse::Decline,
        ReasonUse::Cancel => pb::ReasonUse::Cancel,
    }
}
