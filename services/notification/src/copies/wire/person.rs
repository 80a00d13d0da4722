//! People.

use kernel::{Fields, Invalid};
use proto::identity::v1::{AccountState, PersonChanged};

use super::super::domain::Person;

/// Reads a person. Names and addresses were checked by identity.
pub(crate) fn parse(event: &PersonChanged) -> Result<Person, Invalid> {
    let mut fields = Fields::default();
    let id = fields.id("person_id", &event.person_id);
    fields.finish(|| {
        Some(Person {
            id: id?,
            first_name: event.first_name.clone(),
            last_name: event.last_name.clone(),
            email: event.email.trim().to_owned(),
            locale: event.language.parse().unwrap_or_default(),
            active: event.active,
            account_active: event.account_state() == AccountState::Active,
            alerts_accepted: event.alerts_accepted,
        })
    })
}
