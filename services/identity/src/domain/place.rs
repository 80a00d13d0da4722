//! Where a right holds: the tree agency > site > service > destination, and agency > program.

use kernel::AgencyId;
use uuid::Uuid;

use super::role::{Side, names};

/// The kinds of places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaceKind {
    /// A school or a health organisation.
    Agency,
    /// A building.
    Site,
    /// A clinical service at a site.
    Service,
    /// A unit.
    Destination,
    /// A program of a school.
    Program,
}

names!(PlaceKind {
    Agency = "AGENCY",
    Site = "SITE",
    Service = "SERVICE",
    Destination = "DESTINATION",
    Program = "PROGRAM",
});

/// One place, as a grant names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// Its kind.
    pub kind: PlaceKind,
    /// Its id, unique among all kinds.
    pub id: Uuid,
}

/// What a right is about. A scope holds everything below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// The whole province.
    Province,
    /// A place and what lies below it.
    Place(Place),
}

impl Scope {
    /// A scope of one agency.
    #[must_use]
    pub fn agency(id: AgencyId) -> Self {
        Self::Place(Place { kind: PlaceKind::Agency, id: id.uuid() })
    }
}

/// A place as the copy of configuration knows it, with all that lies above it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lineage {
    /// The place itself.
    pub place: Place,
    /// Itself and everything above it, up to the agency.
    pub line: Vec<Place>,
    /// The agency at the top.
    pub agency: AgencyId,
    /// The agency's side.
    pub side: Side,
    /// False once the place is closed or retired.
    pub active: bool,
}

impl Lineage {
    /// Whether a right for `scope` holds here.
    #[must_use]
    pub fn is_within(&self, scope: Scope) -> bool {
        match scope {
            Scope::Province => true,
            Scope::Place(place) => self.line.contains(&place),
        }
    }
}

/// One place as an event of configuration tells it, for the copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceRecord {
    /// Kind and id.
    pub place: Place,
    /// For an agency: its side.
    pub side: Option<Side>,
    /// Directly above it.
    pub parents: Vec<Uuid>,
    /// False once closed or retired.
    pub active: bool,
    /// The aggregate's version.
    pub version: i64,
}
