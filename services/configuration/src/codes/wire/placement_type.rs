//! Placement types.

use chassis::mask::Mask;
use kernel::{Fields, Invalid};
use proto::configuration::v1 as pb;

use crate::{
    codes::domain::placement_type::PlacementType,
    resources::{
        Message, Stored,
        text::{bilingual, code, localized},
    },
};

chassis::overlay!(pb::PlacementType { name, valid_from, valid_to });

impl Message for PlacementType {
    type Proto = pb::PlacementType;
    type Event = pb::PlacementTypeChanged;

    const NAME: &'static str = "placement_type";
    const CHANGEABLE: &'static [&'static str] = CHANGEABLE;

    fn overlay(stored: &mut pb::PlacementType, from: &pb::PlacementType, mask: &Mask) {
        overlay(stored, from, mask);
    }

    fn changed(stored: &Stored<Self>) -> pb::PlacementTypeChanged {
        pb::PlacementTypeChanged { placement_type: Some(Self::write(stored)) }
    }

    fn parse(message: &pb::PlacementType) -> Result<Self, Invalid> {
        let mut fields = Fields::default();
        let code = code(&mut fields, "placement_type.code", &message.code, 2..=40);
        let name = bilingual(&mut fields, "placement_type.name", message.name.as_ref());
        let valid_from = fields.date("placement_type.valid_from", &message.valid_from);
        let valid_to = fields.optional_date("placement_type.valid_to", &message.valid_to);
        if let (Some(from), Some(Some(to))) = (valid_from, valid_to)
            && to < from
        {
            fields.fault("placement_type.valid_to", "DATE_REVERSED");
        }
        fields.finish(|| Some(Self { code: code?, name: name?, valid_from: valid_from?, valid_to: valid_to? }))
    }

    fn write(stored: &Stored<Self>) -> pb::PlacementType {
        let kind = &stored.value;
        pb::PlacementType {
            code: kind.code.to_string(),
            name: localized(&kind.name),
            valid_from: kind.valid_from.to_string(),
            valid_to: kind.valid_to.map_or_else(String::new, |day| day.to_string()),
            etag: stored.version.to_string(),
        }
    }
}
