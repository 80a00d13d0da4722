//! Business cards of the people of a request (domain §7.1 "Contacts").

use directory::model::Person;
use kernel::PersonId;

/// What is written on a business card, which needs no consent (domain §13.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    pub person: PersonId,
    /// Given and family name.
    pub name: String,
    /// How to reach them.
    pub lines: CardLines,
}

/// What stands below the name. Each may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CardLines {
    /// Title or position.
    pub title: String,
    /// The address at work.
    pub email: String,
    /// As people write it.
    pub phone: String,
}

impl Card {
    /// Of somebody who is on the staff.
    #[must_use]
    pub fn of(person: &Person) -> Option<Self> {
        let Person { id, title, email, phone, .. } = person;
        let lines = CardLines { title: title.clone(), email: email.clone(), phone: phone.clone() };
        person.active.then(|| Self { person: *id, name: person.name(), lines })
    }
}

/// Whom to turn to about a request; nobody where nobody is named, or the one who is was archived.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contacts {
    /// The school's coordinator.
    pub placing_coordinator: Option<Card>,
    /// The coordinator of the service.
    pub receiving_coordinator: Option<Card>,
    /// The agent of the unit.
    pub destination_coordinator: Option<Card>,
}
