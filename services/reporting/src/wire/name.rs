//! Names out of configuration's events.

use kernel::{Fields, Invalid};
use proto::{
    configuration::v1::{Agency, Destination, Program, Service, Site},
    text::v1::LocalizedText,
};

use crate::domain::name::{Name, NameKind};

/// An agency's name.
///
/// # Errors
/// If the event holds no agency or one without id.
pub fn agency(agency: Option<Agency>) -> Result<Name, Invalid> {
    let agency = agency.unwrap_or_default();
    name(NameKind::Agency, &agency.id, same(agency.name))
}

/// A site's name.
///
/// # Errors
/// If the event holds no site or one without id.
pub fn site(site: Option<Site>) -> Result<Name, Invalid> {
    let site = site.unwrap_or_default();
    name(NameKind::Site, &site.id, same(site.name))
}

/// A service's name.
///
/// # Errors
/// If the event holds no service or one without id.
pub fn service(service: Option<Service>) -> Result<Name, Invalid> {
    let service = service.unwrap_or_default();
    name(NameKind::Service, &service.id, service.name.unwrap_or_default())
}

/// A destination's name.
///
/// # Errors
/// If the event holds no destination or one without id.
pub fn destination(destination: Option<Destination>) -> Result<Name, Invalid> {
    let destination = destination.unwrap_or_default();
    name(NameKind::Destination, &destination.id, same(destination.name))
}

/// A program's name.
///
/// # Errors
/// If the event holds no program or one without id.
pub fn program(program: Option<Program>) -> Result<Name, Invalid> {
    let program = program.unwrap_or_default();
    name(NameKind::Program, &program.id, program.name.unwrap_or_default())
}

fn same(name: String) -> LocalizedText {
    LocalizedText { fr: name.clone(), en: name }
}

fn name(kind: NameKind, id: &str, text: LocalizedText) -> Result<Name, Invalid> {
    let mut fields = Fields::default();
    let id = fields.id("id", id);
    fields.finish(|| Some(Name { kind, id: id?, fr: text.fr, en: text.en }))
}
