//! One row of the Open Database of Healthcare Facilities (Statistics Canada), read as a site and the agency that runs it.

use kernel::fold;

use crate::{
    facilities::domain::{
        address::{city, coordinates, postal_code, street},
        organisation::{Organisation, organisation},
        row::{Cause, Fault, Row},
        tidy::squeeze,
    },
    organisations::{Coordinates, PostalCode},
};

/// The longest name of an agency or a site, in characters.
pub const NAME_LENGTH: usize = 200;

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

fn required(text: &str, cause: Cause) -> Result<String, Fault> {
    let text = squeeze(text);
    if text.is_empty() { Err((cause, String::new())) } else { Ok(text) }
}

/// The source has two spellings of one kind, apart in capitals alone.
fn kind(text: &str) -> String {
    let text = squeeze(text);
    let mut letters = text.chars();
    letters.next().map(|c| c.to_uppercase().chain(letters.flat_map(char::to_lowercase)).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facilities::domain::row::sample as row;

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
