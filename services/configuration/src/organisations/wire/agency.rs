//! Agencies.

use chassis::mask::Mask;
use directory::model::Side;
use kernel::{Fields, Invalid};
use proto::configuration::v1 as pb;

use crate::{
    organisations::domain::agency::Agency,
    resources::{Message, NAME, SHORT_NAME, Stored},
};

chassis::overlay!(pb::Agency { name, short_name, user, city, active });

impl Message for Agency {
    type Proto = pb::Agency;
    type Event = pb::AgencyChanged;

    const NAME: &'static str = "agency";
    const CHANGEABLE: &'static [&'static str] = CHANGEABLE;

    fn overlay(stored: &mut pb::Agency, from: &pb::Agency, mask: &Mask) {
        overlay(stored, from, mask);
    }

    fn changed(stored: &Stored<Self>) -> pb::AgencyChanged {
        pb::AgencyChanged { agency: Some(Self::write(stored)) }
    }

    fn parse(message: &pb::Agency) -> Result<Self, Invalid> {
        let mut fields = Fields::default();
        let id = fields.id("agency.id", &message.id);
        let kind = parse_kind(message.kind);
        if kind.is_none() {
            let unspecified = message.kind == i32::from(pb::AgencyKind::Unspecified);
            fields.fault("agency.kind", if unspecified { "REQUIRED" } else { "UNKNOWN_KIND" });
        }
        let name = fields.text("agency.name", &message.name, NAME);
        let short_name = fields.text("agency.short_name", &message.short_name, SHORT_NAME);
        let city = fields.text("agency.city", &message.city, 0..=100);
        fields.finish(|| {
            Some(Self {
                id: id?,
                kind: kind?,
                name: name?,
                short_name: short_name?,
                user: message.user,
                city: city?,
                active: message.active,
            })
        })
    }

    fn write(stored: &Stored<Self>) -> pb::Agency {
        let agency = stored.value.clone();
        pb::Agency {
            id: agency.id.to_string(),
            kind: write_kind(agency.kind).into(),
            name: agency.name,
            short_name: agency.short_name,
            user: agency.user,
            city: agency.city,
            active: agency.active,
            etag: stored.version.to_string(),
        }
    }
}

/// The side by the number of its enum value.
pub fn parse_kind(kind: i32) -> Option<Side> {
    match pb::AgencyKind::try_from(kind) {
        Ok(pb::AgencyKind::Placing) => Some(Side::Placing),
        Ok(pb::AgencyKind::Receiving) => Some(Side::Receiving),
        Ok(pb::AgencyKind::Unspecified) | Err(_) => None,
    }
}

const fn write_kind(kind: Side) -> pb::AgencyKind {
    match kind {
        Side::Placing => pb::AgencyKind::Placing,
        Side::Receiving => pb::AgencyKind::Receiving,
    }
}
