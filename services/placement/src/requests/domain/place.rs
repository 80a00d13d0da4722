//! Where a request is received.

use directory::model;
use kernel::{AgencyId, DestinationId, ServiceId, SiteId};

/// Where a request is received: what the grants of the receiving side are compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The health organisation.
    pub agency: AgencyId,
    pub site: SiteId,
    pub service: ServiceId,
    /// The unit that was chosen, if any.
    pub destination: Option<DestinationId>,
}

impl Place {
    /// The place as the directory compares it with scopes.
    #[must_use]
    pub fn in_directory(self) -> model::Place {
        let service = model::Place::of_service(self.agency, self.site, self.service);
        model::Place { destination: self.destination, ..service }
    }
}
