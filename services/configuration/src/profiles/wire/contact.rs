//! Contacts.

use kernel::{Fields, Invalid};
use proto::{configuration::v1 as pb, identity::v1::BusinessCard};

use crate::profiles::domain::contact::{Contact, ContactFor, ContactsOf};

/// The place that is asked about: exactly one.
///
/// # Errors
/// What is malformed; `REQUIRED` or `MORE_THAN_ONE_PLACE` on `destination_id`.
pub fn parse(message: &pb::ListContactsRequest) -> Result<ContactsOf, Invalid> {
    let mut fields = Fields::default();
    let site = fields.optional_id("site_id", &message.site_id);
    let service = fields.optional_id("service_id", &message.service_id);
    let destination = fields.optional_id("destination_id", &message.destination_id);
    let place = match (site, service, destination) {
        (Some(Some(id)), Some(None), Some(None)) => Some(ContactsOf::Site(id)),
        (Some(None), Some(Some(id)), Some(None)) => Some(ContactsOf::Service(id)),
        (Some(None), Some(None), Some(Some(id))) => Some(ContactsOf::Destination(id)),
        (Some(None), Some(None), Some(None)) => {
            fields.fault("destination_id", "REQUIRED");
            None
        }
        (Some(_), Some(_), Some(_)) => {
            fields.fault("destination_id", "MORE_THAN_ONE_PLACE");
            None
        }
        _ => None,
    };
    fields.finish(|| place)
}

/// The message that tells of a contact.
#[must_use]
pub fn write(contact: Contact) -> pb::Contact {
    let (service_id, destination_id) = match contact.answers_for {
        ContactFor::Service(id) => (id.to_string(), String::new()),
        ContactFor::Destination(id) => (String::new(), id.to_string()),
    };
    let card = BusinessCard {
        person_id: contact.person.to_string(),
        name: contact.card.name,
        title: contact.card.title,
        email: contact.card.email,
        phone: contact.card.phone,
    };
    pb::Contact { service_id, destination_id, card: Some(card) }
}
