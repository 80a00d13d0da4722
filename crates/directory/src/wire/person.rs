//! `identity.v1.person_changed`.

use kernel::{Fields, Invalid};
use proto::identity::v1::{AccountState, PersonChanged};

use super::{EntryChanged, grant};
use crate::model::{Aggregate, Entry, Person};

impl EntryChanged for PersonChanged {
    const AGGREGATE: Aggregate = Aggregate::Person;

    fn entry(&self) -> Result<Entry, Invalid> {
        let mut fields = Fields::default();
        let id = fields.id("person_id", &self.person_id);
        let agency = fields.optional_id("agency_id", &self.agency_id);
        // Who has left is named still, and not found any more.
        let card = |line: &str| if self.active { line.trim().to_owned() } else { String::new() };
        fields.finish(|| {
            Some(Entry::Person(Person {
                id: id?,
                agency: agency?,
                first_name: self.first_name.clone(),
                last_name: self.last_name.clone(),
                title: card(&self.title),
                email: card(&self.email),
                phone: card(&self.phone),
                locale: self.language.parse().unwrap_or_default(),
                active: self.active,
                account_active: self.active && self.account_state() == AccountState::Active,
                alerts_accepted: self.alerts_accepted,
                grants: self.grants.iter().filter_map(grant).collect(),
            }))
        })
    }
}
