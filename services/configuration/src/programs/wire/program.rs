//! Programs.

use chassis::mask::Mask;
use kernel::{Fields, Invalid};
use proto::configuration::v1 as pb;

use crate::{
    programs::domain::program::Program,
    resources::{
        Message, Stored,
        text::{bilingual, localized},
    },
};

chassis::overlay!(pb::Program { name, discipline, user, active });

impl Message for Program {
    type Proto = pb::Program;
    type Event = pb::ProgramChanged;

    const NAME: &'static str = "program";
    const CHANGEABLE: &'static [&'static str] = CHANGEABLE;

    fn overlay(stored: &mut pb::Program, from: &pb::Program, mask: &Mask) {
        overlay(stored, from, mask);
    }

    fn changed(stored: &Stored<Self>) -> pb::ProgramChanged {
        pb::ProgramChanged { program: Some(Self::write(stored)) }
    }

    fn parse(message: &pb::Program) -> Result<Self, Invalid> {
        let mut fields = Fields::default();
        let id = fields.id("program.id", &message.id);
        let agency_id = fields.id("program.agency_id", &message.agency_id);
        let name = bilingual(&mut fields, "program.name", message.name.as_ref());
        let discipline = fields.text("program.discipline", &message.discipline, 1..=40);
        if discipline.as_deref().is_some_and(|d| !Self::is_discipline(d)) {
            fields.fault("program.discipline", "MALFORMED_DISCIPLINE");
        }
        fields.finish(|| {
            Some(Self {
                id: id?,
                agency_id: agency_id?,
                name: name?,
                discipline: discipline?,
                user: message.user,
                active: message.active,
            })
        })
    }

    fn write(stored: &Stored<Self>) -> pb::Program {
        let program = &stored.value;
        pb::Program {
            id: program.id.to_string(),
            agency_id: program.agency_id.to_string(),
            name: localized(&program.name),
            discipline: program.discipline.clone(),
            user: program.user,
            active: program.active,
            etag: stored.version.to_string(),
        }
    }
}
