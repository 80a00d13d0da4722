//! What identity publishes.

use proto::identity::v1 as pb;

use crate::{accounts, grants, people::domain::profile::Profile};

/// A person with account and grants as they are now.
#[must_use]
pub fn person_changed(profile: &Profile) -> pb::PersonChanged {
    let (person, card) = (&profile.person, &profile.person.card);
    let state = profile.account.as_ref().map(|account| accounts::state_to_proto(account.state.name()));
    pb::PersonChanged {
        person_id: person.id.to_string(),
        agency_id: person.agency.map(|id| id.to_string()).unwrap_or_default(),
        first_name: card.first_name.clone(),
        last_name: card.last_name.clone(),
        email: card.email.clone(),
        language: card.language.code().to_owned(),
        active: person.active,
        account_state: state.unwrap_or(pb::AccountState::Unspecified).into(),
        alerts_accepted: profile.account.as_ref().is_some_and(|account| account.alerts_accepted),
        grants: profile.grants.iter().map(grants::to_proto).collect(),
        title: card.title.clone(),
        phone: card.phone.clone(),
    }
}
