//! Places, as configuration tells them.

use kernel::{Fields, Invalid};
use proto::configuration::v1 as pb;
use uuid::Uuid;

use crate::domain::{
    place::{Place, PlaceKind, PlaceRecord},
    role::Side,
};

/// Reads an agency.
///
/// # Errors
/// If ids are malformed or the kind is unspecified.
pub fn agency(event: &pb::AgencyChanged, version: i64) -> Result<PlaceRecord, Invalid> {
    let none = pb::Agency::default();
    let agency = event.agency.as_ref().unwrap_or(&none);
    let side = match agency.kind() {
        pb::AgencyKind::Placing => Side::Placing,
        pb::AgencyKind::Receiving => Side::Receiving,
        pb::AgencyKind::Unspecified => return Err(Invalid::field("agency.kind", "REQUIRED")),
    };
    let record = record(PlaceKind::Agency, &agency.id, &[], agency.active, version)?;
    Ok(PlaceRecord { side: Some(side), ..record })
}

/// Reads a site.
///
/// # Errors
/// If ids are malformed.
pub fn site(event: &pb::SiteChanged, version: i64) -> Result<PlaceRecord, Invalid> {
    let none = pb::Site::default();
    let site = event.site.as_ref().unwrap_or(&none);
    record(PlaceKind::Site, &site.id, &[&site.agency_id], site.active, version)
}

/// Reads a service.
///
/// # Errors
/// If ids are malformed.
pub fn service(event: &pb::ServiceChanged, version: i64) -> Result<PlaceRecord, Invalid> {
    let none = pb::Service::default();
    let service = event.service.as_ref().unwrap_or(&none);
    record(PlaceKind::Service, &service.id, &[&service.site_id], service.active, version)
}

/// Reads a destination: below its site and every service that it serves.
///
/// # Errors
/// If ids are malformed.
pub fn destination(event: &pb::DestinationChanged, version: i64) -> Result<PlaceRecord, Invalid> {
    let none = pb::Destination::default();
    let destination = event.destination.as_ref().unwrap_or(&none);
    let above: Vec<_> =
        std::iter::once(&destination.site_id).chain(&destination.service_ids).map(String::as_str).collect();
    record(PlaceKind::Destination, &destination.id, &above, destination.active, version)
}

/// Reads a program.
///
/// # Errors
/// If ids are malformed.
pub fn program(event: &pb::ProgramChanged, version: i64) -> Result<PlaceRecord, Invalid> {
    let none = pb::Program::default();
    let program = event.program.as_ref().unwrap_or(&none);
    record(PlaceKind::Program, &program.id, &[&program.agency_id], program.active, version)
}

fn record(kind: PlaceKind, id: &str, above: &[&str], active: bool, version: i64) -> Result<PlaceRecord, Invalid> {
    let mut fields = Fields::default();
    let id = fields.id::<Uuid>("id", id);
    let parents: Vec<Uuid> = above.iter().filter_map(|parent| fields.id("parent", parent)).collect();
    fields.finish(|| Some(PlaceRecord { place: Place { kind, id: id? }, side: None, parents, active, version }))
}
