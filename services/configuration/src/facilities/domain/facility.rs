//! One row of the Open Database of Healthcare Facilities (Statistics Canada), read as a site and the agency that runs it.

use kernel::fold;

use crate::{
    facilities::domain::{
        self,
        tidy::{Naming, squeeze, tidy},
    },
    organisations::{Coordinates, PostalCode},
};

/// The longest name of an agency or a site, in characters.
pub const NAME_LENGTH: usize = 200;

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

/// A row that can be taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Facility {
    /// The source's key.
    pub index: String,
    /// Who runs it.
    pub organisation: Organisation,
    /// Name of the site.
    pub name: String,
    /// Kind, in the spelling that the source uses most.
    pub kind: String,
    /// Street and number; may be empty.
    pub street: String,
    /// City.
    pub city: String,
    /// Postal code, if the source has one.
    pub postal_code: Option<PostalCode>,
    /// Where on the map, if the source says.
    pub coordinates: Option<Coordinates>,
}

/// The health organisation behind a facility, as far as the source tells. The first of these that a row has:
///
/// 1. the organisation before the dash of a name such as `CISSS DE L'OUTAOUAIS — HÔPITAL DE HULL`;
/// 2. of what the province of Québec itself has listed, the public institution of the place, where that is certain
///    ([`territory`]);
/// 3. the `provider`, which is who supplied the data: one agency for each, whatever the capitals; the province of Québec by
///    its own name, which is the same in both languages;
/// 4. nothing: an agency of the facility's own, with its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    /// Tells it from the others of the source and province.
    pub key: String,
    /// Tidy name.
    pub name: String,
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

impl Facility {
    /// Reads a row.
    ///
    /// # Errors
    /// The first cause for which it can't be taken.
    pub fn read(row: &Row) -> Result<Self, Fault> {
        let index = required(&row.index, Cause::MissingIndex)?;
        let full_name = required(&row.name, Cause::MissingName)?;
        let city = city(&required(&row.city, Cause::MissingCity)?, &row.subdivision);
        let (organisation, name) = organisation(&index, &full_name, row);
        let street = street(row);
        for text in [&index, &organisation.name, &name, &street, &city] {
            if text.chars().count() > NAME_LENGTH {
                return Err((Cause::TooLong, text.clone()));
            }
            if text.chars().any(char::is_control) {
                return Err((Cause::ControlCharacter, text.escape_debug().to_string()));
            }
        }
        Ok(Self {
            index,
            organisation,
            name,
            kind: kind(&row.kind),
            street,
            city,
            postal_code: postal_code(&row.postal_code)?,
            coordinates: coordinates(&row.latitude, &row.longitude)?,
        })
    }

    /// What two rows of one facility have in common, whatever their indexes.
    #[must_use]
    pub fn likeness(&self) -> String {
        let code = self.postal_code.as_ref().map_or("", PostalCode::as_str);
        [fold(&self.name), fold(&self.street), fold(&self.city), fold(code)].join("\n")
    }
}

/// The provider, folded, of the province's own list of public and private facilities.
const LISTED_BY_PROVINCE: &str = "province of quebec";
/// What that provider calls itself.
const PROVINCE: &str = "Gouvernement du Québec";

fn required(text: &str, cause: Cause) -> Result<String, Fault> {
    let text = squeeze(text);
    if text.is_empty() { Err((cause, String::new())) } else { Ok(text) }
}

fn organisation(index: &str, full_name: &str, row: &Row) -> (Organisation, String) {
    let provider = squeeze(&row.provider);
    let named = full_name.split_once(" — ").filter(|(organisation, _)| !organisation.trim().is_empty());
    let of_province = fold(&provider) == LISTED_BY_PROVINCE;
    let of_place = || domain::territory::institution(&row.subdivision_code, &row.missions).filter(|_| of_province);
    let named = named.or_else(|| Some((of_place()?, full_name)));
    let (key, organisation, site) = match (named, provider.as_str()) {
        (Some((organisation, site)), _) => (format!("organisation:{}", fold(organisation)), organisation, site),
        (None, "") => (format!("facility:{index}"), full_name, full_name),
        (None, provider) => {
            (format!("provider:{}", fold(provider)), if of_province { PROVINCE } else { provider }, full_name)
        }
    };
    let name = tidy(organisation, Naming::Facility);
    (Organisation { key, name }, tidy(site, Naming::Facility))
}

/// The source has two spellings of one kind, apart in capitals alone.
fn kind(text: &str) -> String {
    let text = squeeze(text);
    let mut letters = text.chars();
    letters.next().map(|c| c.to_uppercase().chain(letters.flat_map(char::to_lowercase)).collect()).unwrap_or_default()
}

/// The census subdivision's capitals where it is the same town, else tidy ones: an old town keeps its name.
fn city(city: &str, subdivision: &str) -> String {
    let subdivision = squeeze(subdivision);
    // Some rows of the source have lost the accents of the subdivision to question marks.
    if !subdivision.is_empty() && subdivision.to_lowercase() == city.to_lowercase() {
        return subdivision;
    }
    tidy(city, Naming::Place)
}

fn street(row: &Row) -> String {
    // Spreadsheets have turned some numbers into decimals: `1401.0`.
    let number = squeeze(&row.street_no).replace(".0", "");
    let name = squeeze(&row.street_name);
    let unit = squeeze(&row.unit);
    let number = if unit.is_empty() || number.is_empty() { unit + &number } else { format!("{unit}-{number}") };
    let french = row.province.eq_ignore_ascii_case("qc");
    let name = if french { french_street(&name) } else { tidy(&name, Naming::Place) };
    match (number.as_str(), name.as_str()) {
        ("", name) => name.to_owned(),
        (number, "") => number.to_owned(),
        (number, name) if french && !number.ends_with(['e', 'E']) => format!("{number}, {name}"),
        (number, name) => format!("{number} {name}"),
    }
}

/// `boul. du carmel` becomes `boulevard du Carmel`: in French the kind of street is written small.
fn french_street(name: &str) -> String {
    let (first, rest) = name.split_once(' ').unwrap_or((name, ""));
    let kind = match first.trim_end_matches('.').to_lowercase().as_str() {
        "ch" | "chemin" => "chemin",
        "boul" | "blvd" | "boulevard" => "boulevard",
        "av" | "ave" | "avenue" => "avenue",
        "rue" => "rue",
        "route" => "route",
        "rang" => "rang",
        "place" => "place",
        "montée" => "montée",
        "côte" => "côte",
        "promenade" => "promenade",
        _ => return tidy(name, Naming::Place),
    };
    if rest.is_empty() {
        return kind.to_owned();
    }
    // The kind stands before it, so an article in the name is not its first word.
    tidy(&format!("rue {rest}").to_lowercase(), Naming::Place).replacen("Rue", kind, 1)
}

fn postal_code(text: &str) -> Result<Option<PostalCode>, Fault> {
    let text = squeeze(text);
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| (Cause::MalformedPostalCode, text))
}

fn coordinates(latitude: &str, longitude: &str) -> Result<Option<Coordinates>, Fault> {
    let (latitude, longitude) = (latitude.trim(), longitude.trim());
    if latitude.is_empty() && longitude.is_empty() {
        return Ok(None);
    }
    let shown = format!("{latitude}, {longitude}");
    let (Ok(north), Ok(east)) = (latitude.parse(), longitude.parse()) else {
        return Err((Cause::MalformedCoordinates, shown));
    };
    Coordinates::new(north, east).map(Some).ok_or((Cause::CoordinatesOutsideCanada, shown))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row() -> Row {
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

    #[test]
    fn a_row_becomes_a_tidy_site() {
        let facility = Facility::read(&row()).expect("a good row");
        assert_eq!(facility.name, "CHSLD de l'Annonciation");
        assert_eq!(facility.street, "624, rue de l'Annonciation Nord");
        assert_eq!(facility.city, "Rivière-Rouge");
        assert_eq!(facility.kind, "Nursing and residential care facilities");
        assert_eq!(facility.postal_code.expect("one").as_str(), "J0T 1T0");
        assert_eq!(facility.organisation.key, "provider:province of quebec");
    }

    #[test]
    fn the_organisation_is_the_one_in_the_name_else_the_provider_else_the_facility() {
        let of = |name: &str, provider: &str| {
            let facility =
                Facility::read(&Row { name: name.into(), provider: provider.into(), ..row() }).expect("good");
            (facility.organisation.name, facility.name)
        };
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(of("CISSS DES ÎLES — HÔPITAL DE L’ARCHIPEL", "X"), pair("CISSS des Îles", "Hôpital de l’Archipel"));
        assert_eq!(of("HÔPITAL DE MATANE", "Province of Québec"), pair(PROVINCE, "Hôpital de Matane"));
        assert_eq!(of("HÔPITAL DE MATANE", " "), pair("Hôpital de Matane", "Hôpital de Matane"));
    }

    #[test]
    fn a_facility_that_the_province_listed_is_its_territorys_where_that_is_certain() {
        let clsc =
            Row { name: "CLSC D'ALMA".into(), missions: "CLSC".into(), subdivision_code: "2493042.0".into(), ..row() };
        let of = |row: &Row| Facility::read(row).expect("good").organisation;
        let institution = of(&clsc);
        assert_eq!(institution.name, "CIUSSS du Saguenay–Lac-St-Jean");
        let named = Row { name: "CIUSSS DU SAGUENAY–LAC-ST-JEAN — HÔPITAL D’ALMA".into(), ..Row::clone(&clsc) };
        assert_eq!(of(&named), institution, "one agency, however it is found");
        let elsewhere = Row { provider: "Public Health Agency of Canada".into(), ..Row::clone(&clsc) };
        assert_eq!(of(&elsewhere).name, "Public Health Agency of Canada");
        let home = Row { missions: "CHSLD".into(), ..clsc };
        assert_eq!(of(&home).name, PROVINCE);
    }

    #[test]
    fn streets_are_written_as_in_their_province() {
        let of = |province: &str, number: &str, street: &str| {
            street_of(Row { province: province.into(), street_no: number.into(), street_name: street.into(), ..row() })
        };
        assert_eq!(of("qc", "1991", "boul du carmel"), "1991, boulevard du Carmel");
        assert_eq!(of("qc", "30", " 6e avenue"), "30, 6e Avenue");
        assert_eq!(of("qc", "1401.0 18e", "rue"), "1401 18e rue");
        assert_eq!(of("qc", "90", "chemin de la canardière"), "90, chemin de la Canardière");
        assert_eq!(of("ab", "28", "oki dr nw"), "28 Oki Dr NW");
        assert_eq!(of("qc", "", ""), "");
    }

    fn street_of(row: Row) -> String {
        street(&row)
    }

    #[test]
    fn a_bad_row_has_one_stable_cause() {
        let cause = |change: fn(&mut Row)| {
            let mut row = row();
            change(&mut row);
            Facility::read(&row).map_err(|(cause, _)| cause.code())
        };
        assert_eq!(cause(|r| r.index = " ".into()), Err("MISSING_INDEX"));
        assert_eq!(cause(|r| r.name.clear()), Err("MISSING_NAME"));
        assert_eq!(cause(|r| r.city.clear()), Err("MISSING_CITY"));
        assert_eq!(cause(|r| r.name = "A".repeat(201)), Err("TOO_LONG"));
        assert_eq!(cause(|r| r.name = "A\0B".into()), Err("CONTROL_CHARACTER"));
        assert_eq!(cause(|r| r.postal_code = "12345".into()), Err("MALFORMED_POSTAL_CODE"));
        assert_eq!(cause(|r| r.latitude.clear()), Err("MALFORMED_COORDINATES"));
        assert_eq!(cause(|r| r.latitude = "north".into()), Err("MALFORMED_COORDINATES"));
        assert_eq!(cause(|r| r.longitude = "74.8".into()), Err("COORDINATES_OUTSIDE_CANADA"));
    }
}
