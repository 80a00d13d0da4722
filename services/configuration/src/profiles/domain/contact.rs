//! Whom one turns to about a place (domain §5.5 "Contacts").

use kernel::{DestinationId, PersonId, ServiceId, SiteId};

use crate::profiles::domain::card::Card;

/// The place that is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContactsOf {
    /// The coordinators of a site's services.
    Site(SiteId),
    /// The coordinator of a service.
    Service(ServiceId),
    /// The agent of a destination, and the coordinators of the services that it serves.
    Destination(DestinationId),
}

/// What a contact answers for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContactFor {
    /// The requests of a service.
    Service(ServiceId),
    /// A destination.
    Destination(DestinationId),
}

/// Somebody whom a place names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// What the person answers for.
    pub answers_for: ContactFor,
    /// Who.
    pub person: PersonId,
    /// How to reach them.
    pub card: Card,
}
