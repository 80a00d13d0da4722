//! What configuration tells of people.

use directory::model::Person;

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

impl From<&Person> for Card {
    fn from(person: &Person) -> Self {
        Self {
            name: person.name(),
            title: person.title.clone(),
            email: person.email.clone(),
            phone: person.phone.clone(),
        }
    }
}
