//! People of the staff.

use kernel::{AgencyId, Locale, PersonId};

use super::{Grant, Level, Place, Role};

/// A staff record: business card (domain §13.2), what the person can be reached by, and what they may do. Of who was archived
/// the name is kept, which the past mentions, and nothing else of the card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub id: PersonId,
    /// The employer; `None` for the operator's own staff.
    pub agency: Option<AgencyId>,
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// Title or position; may be empty.
    pub title: String,
    /// The address at work; may be empty.
    pub email: String,
    /// As people write it; may be empty.
    pub phone: String,
    /// The language of their mails.
    pub locale: Locale,
    /// False once archived.
    pub active: bool,
    /// Whether staff record and account are active, so that they can sign in.
    pub account_active: bool,
    /// Whether they take mails (domain §4.6).
    pub alerts_accepted: bool,
    /// What they may do, in whichever role.
    pub grants: Vec<Grant>,
}

impl Person {
    /// The whole name.
    #[must_use]
    pub fn name(&self) -> String {
        kernel::full_name(&self.first_name, &self.last_name)
    }

    /// Whether a grant of this role and of at least this level covers a place, whichever role is active.
    #[must_use]
    pub fn is_granted(&self, role: Role, least: Level, place: &Place) -> bool {
        let mut grants = self.grants.iter();
        grants.any(|grant| grant.role == role && grant.level >= least && grant.scope.covers(place))
    }

    /// Whether requests to a unit reach this person in Tandem, as its agent: account, alerts and right (domain §4.6). It is
    /// asked at the moment of need, since a stored flag would grow stale.
    #[must_use]
    pub fn answers_for(&self, unit: &Place) -> bool {
        self.account_active
            && self.alerts_accepted
            && self.is_granted(Role::DestinationCoordinator, Level::Regular, unit)
    }
}
