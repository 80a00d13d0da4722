//! What configuration needs to know of people.

use kernel::{AgencyId, PersonId};

/// A person who may be named as coordinator or agent: a copy of identity's staff record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub id: PersonId,
    /// The employer.
    pub agency_id: AgencyId,
    /// False once archived.
    pub active: bool,
    /// What is written on the business card.
    pub card: Card,
}

/// What is written on a business card (domain §13.2).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Card {
    /// Given and family name.
    pub name: String,
    /// Title or position; may be empty.
    pub title: String,
    /// The address at work; may be empty.
    pub email: String,
    /// As people write it; may be empty.
    pub phone: String,
}

impl Card {
    /// What is kept of somebody who has left: the name, which the past mentions.
    #[must_use]
    pub fn of_the_past(self) -> Self {
        Self { name: self.name, ..Self::default() }
    }
}
