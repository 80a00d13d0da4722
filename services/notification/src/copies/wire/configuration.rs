//! What configuration owns, as far as a mail needs it.

use kernel::{Fields, Invalid, Text};
use proto::{configuration::v1 as pb, text::v1::LocalizedText};

use super::super::domain::{Agency, Destination, Program, Reason, Service, Site};
use super::required;

/// Reads an agency.
pub(crate) fn agency(event: &pb::AgencyChanged) -> Result<Agency, Invalid> {
    let message = required("agency", &event.agency)?;
    let mut fields = Fields::default();
    let id = fields.id("agency.id", &message.id);
    fields.finish(|| Some(Agency { id: id?, name: message.name.clone() }))
}

/// Reads a site.
pub(crate) fn site(event: &pb::SiteChanged) -> Result<Site, Invalid> {
    let message = required("site", &event.site)?;
    let mut fields = Fields::default();
    let id = fields.id("site.id", &message.id);
    fields.finish(|| Some(Site { id: id?, name: message.name.clone() }))
}

/// Reads a clinical service.
pub(crate) fn service(event: &pb::ServiceChanged) -> Result<Service, Invalid> {
    let message = required("service", &event.service)?;
    let mut fields = Fields::default();
    let id = fields.id("service.id", &message.id);
    fields.finish(|| Some(Service { id: id?, name: localized(&message.name) }))
}

/// Reads a destination.
pub(crate) fn destination(event: &pb::DestinationChanged) -> Result<Destination, Invalid> {
    let message = required("destination", &event.destination)?;
    let mut fields = Fields::default();
    let id = fields.id("destination.id", &message.id);
    let agent = fields.optional_id("destination.agent_id", &message.agent_id);
    let site = fields.optional_id("destination.site_id", &message.site_id);
    fields.finish(|| Some(Destination { id: id?, name: message.name.clone(), agent: agent?, site: site? }))
}

/// Reads a program.
pub(crate) fn program(event: &pb::ProgramChanged) -> Result<Program, Invalid> {
    let message = required("program", &event.program)?;
    let mut fields = Fields::default();
    let id = fields.id("program.id", &message.id);
    fields.finish(|| Some(Program { id: id?, name: localized(&message.name) }))
}

/// Reads a reason.
pub(crate) fn reason(event: &pb::ReasonChanged) -> Result<Reason, Invalid> {
    let message = required("reason", &event.reason)?;
    let mut fields = Fields::default();
    let code = fields.text("reason.code", &message.code, 1..=40);
    fields.finish(|| {
        Some(Reason {
            code: code?,
            name: localized(&message.name),
            for_accept: message.uses().any(|u| u == pb::ReasonUse::Accept),
            for_decline: message.uses().any(|u| u == pb::ReasonUse::Decline),
            active: message.active,
        })
    })
}

fn localized(text: &Option<LocalizedText>) -> Text {
    text.clone().map(Text::from).unwrap_or_default()
}
