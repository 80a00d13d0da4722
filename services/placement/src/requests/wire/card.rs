//! Business cards.

use proto::{identity::v1::BusinessCard, placement::v1::GetRequestContactsResponse};

use crate::requests::domain::{Card, Contacts};

/// Writes the contacts of a request.
#[must_use]
pub fn contacts(contacts: Contacts) -> GetRequestContactsResponse {
    GetRequestContactsResponse {
        placing_coordinator: contacts.placing_coordinator.map(card),
        receiving_coordinator: contacts.receiving_coordinator.map(card),
        destination_coordinator: contacts.destination_coordinator.map(card),
    }
}

fn card(card: Card) -> BusinessCard {
    BusinessCard {
        person_id: card.person.to_string(),
        name: card.name,
        title: card.lines.title,
        email: card.lines.email,
        phone: card.lines.phone,
    }
}
