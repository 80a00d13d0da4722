//! Days on which a place takes no students (domain §5.6).

use directory::model::ClosureReason;
use jiff::civil::Date;
use kernel::{AgencyId, ClosureId, DateRange, DestinationId, Locale, SiteId, fold};

use crate::resources::Sorted;

/// Days on which a place takes no students. It holds for everything below the place (domain §5.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closure {
    /// Its id.
    pub id: ClosureId,
    /// Where.
    pub place: Place,
    /// First and last day.
    pub days: DateRange,
    /// Why.
    pub reason: ClosureReason,
    /// What becomes of placements meanwhile.
    pub severity: ClosureSeverity,
    /// What people should know; may be empty.
    pub note: String,
    /// False once withdrawn.
    pub active: bool,
}

/// All of an agency, a site or a destination.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// All of a receiving agency.
    Agency(AgencyId),
    /// All of a site.
    Site(SiteId),
    /// One destination.
    Destination(DestinationId),
}

kernel::coded! {
    /// What becomes of placements meanwhile.
    ClosureSeverity {
        /// Students who are there stay.
        HoldNewRequests = "HOLD_NEW_REQUESTS",
        /// Students who are there leave until it is over.
        SuspendCurrent = "SUSPEND_CURRENT",
    }
}

/// What a list of closures may be narrowed down by. All must hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// What touches this agency, or something below it.
    pub agency: Option<AgencyId>,
    /// What touches this site, or a destination of it.
    pub site: Option<SiteId>,
    /// What touches this destination.
    pub destination: Option<DestinationId>,
    /// What lasts to this day or longer.
    pub from: Option<Date>,
    /// What begins on this day or earlier.
    pub to: Option<Date>,
}

impl Place {
    /// The agency, if all of it is meant.
    #[must_use]
    pub const fn agency(self) -> Option<AgencyId> {
        if let Self::Agency(id) = self { Some(id) } else { None }
    }

    /// The site, if all of it is meant.
    #[must_use]
    pub const fn site(self) -> Option<SiteId> {
        if let Self::Site(id) = self { Some(id) } else { None }
    }

    /// The destination, if it alone is meant.
    #[must_use]
    pub const fn destination(self) -> Option<DestinationId> {
        if let Self::Destination(id) = self { Some(id) } else { None }
    }

    /// The one place that is named, if it is one.
    #[must_use]
    pub const fn only(
        agency: Option<AgencyId>,
        site: Option<SiteId>,
        destination: Option<DestinationId>,
    ) -> Option<Self> {
        match (agency, site, destination) {
            (Some(id), None, None) => Some(Self::Agency(id)),
            (None, Some(id), None) => Some(Self::Site(id)),
            (None, None, Some(id)) => Some(Self::Destination(id)),
            _ => None,
        }
    }
}

impl Sorted for Closure {
    fn sort_key(&self, _: Locale) -> String {
        format!("{} {}", self.days.start(), self.days.end())
    }

    fn search_text(&self) -> String {
        fold(&self.note)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_closure_has_one_place() {
        let (agency, site) = (AgencyId::from(Uuid::nil()), SiteId::from(Uuid::nil()));
        assert_eq!(Place::only(Some(agency), None, None), Some(Place::Agency(agency)));
        assert_eq!(Place::only(None, Some(site), None), Some(Place::Site(site)));
        assert_eq!(Place::only(Some(agency), Some(site), None), None);
        assert_eq!(Place::only(None, None, None), None);
    }
}
