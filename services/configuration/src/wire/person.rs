//! Identity's people, as far as they matter here.

use kernel::{Fields, Invalid};
use proto::identity::v1::PersonChanged;

use crate::domain::{Card, Person};

/// What the event says of a person; `None` for the operator's own staff, whom no agency employs and no entry names.
///
/// # Errors
/// If an id is malformed.
pub fn parse(event: &PersonChanged) -> Result<Option<Person>, Invalid> {
    let mut fields = Fields::default();
    let id = fields.id("person_id", &event.person_id);
    let agency_id = fields.optional_id("agency_id", &event.agency_id);
    fields.finish(|| {
        let (id, agency_id) = (id?, agency_id?);
        Some(agency_id.map(|agency_id| Person { id, agency_id, active: event.active, card: card(event) }))
    })
}

fn card(event: &PersonChanged) -> Card {
    let card = Card {
        name: full_name(&event.first_name, &event.last_name),
        title: event.title.clone(),
        email: event.email.clone(),
        phone: event.phone.clone(),
    };
    if event.active { card } else { card.of_the_past() }
}

/// People with one name have it in both fields (domain §4.2).
fn full_name(first: &str, last: &str) -> String {
    if first == last { first.to_owned() } else { format!("{first} {last}").trim().to_owned() }
}
