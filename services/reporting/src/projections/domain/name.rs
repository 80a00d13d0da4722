//! Names behind the ids of a request, as configuration has them.

use kernel::Text;
use uuid::Uuid;

kernel::coded! {
    /// Whose name it is.
    NameKind {
        /// A school or a health organisation.
        Agency = "AGENCY",
        /// A building.
        Site = "SITE",
        /// A clinical service.
        Service = "SERVICE",
        /// A unit.
        Destination = "DESTINATION",
        /// A program of a school.
        Program = "PROGRAM",
    }
}

/// A name. Organisations, sites and units have but one, which stands for both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// Whose kind.
    pub kind: NameKind,
    /// Whose.
    pub id: Uuid,
    /// The name.
    pub text: Text,
}
