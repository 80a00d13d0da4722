//! Terms.

use kernel::{Fields, Invalid};
use proto::configuration::v1 as pb;

use crate::{
    programs::domain::term::Term,
    resources::{
        Message, Stored, contract,
        text::{bilingual, localized},
    },
};

impl Message for Term {
    contract!("term", pb::Term, TermChanged { term }, [name, start_date, end_date, release_date, active]);

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
