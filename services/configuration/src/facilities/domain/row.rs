//! A row of the source as it was read, and why it may not be taken.

/// The columns that are read, by their header names, as the source wrote them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// `index`: the source's own key.
    pub index: String,
    /// `facility_name`.
    pub name: String,
    /// `odhf_facility_type`.
    pub kind: String,
    /// `provider`.
    pub provider: String,
    /// `unit`.
    pub unit: String,
    /// `street_no`.
    pub street_no: String,
    /// `street_name`.
    pub street_name: String,
    /// `postal_code`.
    pub postal_code: String,
    /// `city`.
    pub city: String,
    /// `province`.
    pub province: String,
    /// `CSDname`: the census subdivision, whose capitals are right.
    pub subdivision: String,
    /// `CSDuid`: its code.
    pub subdivision_code: String,
    /// `source_facility_type`: in Québec the missions, such as `CLSC, CHSLD`.
    pub missions: String,
    /// `latitude`.
    pub latitude: String,
    /// `longitude`.
    pub longitude: String,
}

/// Why a row can't be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cause {
    /// More or fewer fields than the header.
    WrongNumberOfFields,
    /// No `index`.
    MissingIndex,
    /// No `facility_name`.
    MissingName,
    /// No `city`.
    MissingCity,
    /// A name, street or city that is longer than may be stored.
    TooLong,
    /// A character that can't be in a name.
    ControlCharacter,
    /// Not a Canadian postal code.
    MalformedPostalCode,
    /// One coordinate without the other, or not a number.
    MalformedCoordinates,
    /// A point outside Canada.
    CoordinatesOutsideCanada,
    /// The `index` stood on an earlier line.
    DuplicateIndex,
    /// Name and address stood on an earlier line under another `index`.
    DuplicateFacility,
    /// The agency is retired here: it gets no new sites.
    AgencyRetired,
}

impl Cause {
    /// Stable code for reports.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::WrongNumberOfFields => "WRONG_NUMBER_OF_FIELDS",
            Self::MissingIndex => "MISSING_INDEX",
            Self::MissingName => "MISSING_NAME",
            Self::MissingCity => "MISSING_CITY",
            Self::TooLong => "TOO_LONG",
            Self::ControlCharacter => "CONTROL_CHARACTER",
            Self::MalformedPostalCode => "MALFORMED_POSTAL_CODE",
            Self::MalformedCoordinates => "MALFORMED_COORDINATES",
            Self::CoordinatesOutsideCanada => "COORDINATES_OUTSIDE_CANADA",
            Self::DuplicateIndex => "DUPLICATE_INDEX",
            Self::DuplicateFacility => "DUPLICATE_FACILITY",
            Self::AgencyRetired => "AGENCY_RETIRED",
        }
    }
}

/// A cause, and what in the row shows it.
pub type Fault = (Cause, String);

/// A row of Québec that can be taken.
#[cfg(test)]
pub fn sample() -> Row {
    Row {
        index: "S1".into(),
        name: "CHSLD DE L'ANNONCIATION".into(),
        kind: "nursing and residential care facilities".into(),
        provider: "Province of Québec".into(),
        street_no: "624".into(),
        street_name: " rue de l'annonciation nord".into(),
        postal_code: "j0t1t0".into(),
        city: "rivière-rouge".into(),
        province: "qc".into(),
        subdivision: "Rivière-Rouge".into(),
        latitude: "46.414893".into(),
        longitude: "-74.871608".into(),
        ..Row::default()
    }
}
