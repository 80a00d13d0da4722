//! Where a facility stands: city, street, postal code and coordinates, as the source wrote them.

use crate::{
    facilities::domain::{
        row::{Cause, Fault, Row},
        tidy::{Naming, squeeze, tidy},
    },
    organisations::{Coordinates, PostalCode},
};

/// The census subdivision's capitals where it is the same town, else tidy ones: an old town keeps its name.
pub fn city(city: &str, subdivision: &str) -> String {
    let subdivision = squeeze(subdivision);
    // Some rows of the source have lost the accents of the subdivision to question marks.
    if !subdivision.is_empty() && subdivision.to_lowercase() == city.to_lowercase() {
        return subdivision;
    }
    tidy(city, Naming::Place)
}

pub fn street(row: &Row) -> String {
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

pub fn postal_code(text: &str) -> Result<Option<PostalCode>, Fault> {
    let text = squeeze(text);
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| (Cause::MalformedPostalCode, text))
}

pub fn coordinates(latitude: &str, longitude: &str) -> Result<Option<Coordinates>, Fault> {
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
    use crate::facilities::domain::row::sample as row;

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
}
