//! Names behind the ids of a request, as configuration has them.

use uuid::Uuid;

/// Whose name it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameKind {
    /// A school or a health organisation.
    Agency,
    /// A building.
    Site,
    /// A clinical service.
    Service,
    /// A unit.
    Destination,
    /// A program of a school.
    Program,
}

impl NameKind {
    /// How the database writes it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Agency => "AGENCY",
            Self::Site => "SITE",
            Self::Service => "SERVICE",
            Self::Destination => "DESTINATION",
            Self::Program => "PROGRAM",
        }
    }
}

/// A name in both languages. Organisations, sites and units have but one, which stands for both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// Whose kind.
    pub kind: NameKind,
    /// Whose.
    pub id: Uuid,
    /// In French.
    pub fr: String,
    /// In English.
    pub en: String,
}
