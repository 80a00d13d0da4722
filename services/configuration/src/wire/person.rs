//! Identity's people, as far as they matter here.

use kernel::{Fields, Invalid};
use proto::identity::v1::PersonChanged;

use crate::domain::Person;

/// What the event says of a person.
///
/// # Errors
/// If an id is malformed.
pub fn parse(event: &PersonChanged) -> Result<Person, Invalid> {
    let mut fields = Fields::default();
    let id = fields.id("person_id", &event.person_id);
    let agency_id = fields.id("agency_id", &event.agency_id);
    fields.finish(|| Some(Person { id: id?, agency_id: agency_id?, active: event.active }))
}
