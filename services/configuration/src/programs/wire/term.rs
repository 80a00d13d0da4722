//! Terms.

use chassis::mask::Mask;
use kernel::{Fields, Invalid};
use proto::configuration::v1 as pb;

use crate::{
    programs::domain::term::Term,
    resources::{
        Message, Stored,
        text::{bilingual, localized},
    },
};

chassis::overlay!(pb::Term { name, start_date, end_date, release_date, active });

impl Message for Term {
    type Proto = pb::Term;
    type Event = pb::TermChanged;

    const NAME: &'static str = "term";
    const CHANGEABLE: &'static [&'static str] = CHANGEABLE;

    fn overlay(stored: &mut pb::Term, from: &pb::Term, mask: &Mask) {
        overlay(stored, from, mask);
    }

    fn changed(stored: &Stored<Self>) -> pb::TermChanged {
        pb::TermChanged { term: Some(Self::write(stored)) }
    }

    fn parse(message: &pb::Term) -> Result<Self, Invalid> {
        let mut fields = Fields::default();
        let id = fields.id("term.id", &message.id);
        let name = bilingual(&mut fields, "term.name", message.name.as_ref());
        let days = fields.dates(("term.start_date", &message.start_date), ("term.end_date", &message.end_date));
        let release = fields.optional_date("term.release_date", &message.release_date);
        // Requests that go out when the term is over help nobody.
        if let (Some(days), Some(Some(release))) = (days, release)
            && days.end() < release
        {
            fields.fault("term.release_date", "RELEASE_AFTER_END");
        }
        fields.finish(|| Some(Self { id: id?, name: name?, days: days?, release: release?, active: message.active }))
    }

    fn write(stored: &Stored<Self>) -> pb::Term {
        let term = &stored.value;
        pb::Term {
            id: term.id.to_string(),
            name: localized(&term.name),
            start_date: term.days.start().to_string(),
            end_date: term.days.end().to_string(),
            release_date: term.release.map_or_else(String::new, |day| day.to_string()),
            active: term.active,
            etag: stored.version.to_string(),
        }
    }
}
