//! Placement types.

use kernel::{Fields, Invalid};
use proto::configuration::v1 as pb;

use crate::{
    codes::domain::placement_type::PlacementType,
    resources::{
        Message, Stored, contract,
        text::{bilingual, code, localized},
    },
};

impl Message for PlacementType {
    contract!(
        "placement_type",
        pb::PlacementType,
        PlacementTypeChanged { placement_type },
        [name, valid_from, valid_to]
    );

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
