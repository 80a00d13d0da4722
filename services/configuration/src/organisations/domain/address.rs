//! Where a building stands.

use std::str::FromStr;

/// A Canadian postal code, `H2X 1Y4`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostalCode(String);

/// Not a Canadian postal code.
#[derive(Debug, thiserror::Error)]
#[error("not a Canadian postal code")]
pub struct MalformedPostalCode;

impl PostalCode {
    /// As Canada Post writes it: capitals, one space.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for PostalCode {
    type Err = MalformedPostalCode;

    /// Reads `h2x1y4` and `H2X-1Y4` too. D, F, I, O, Q and U are in no postal code, W and Z never first.
    fn from_str(text: &str) -> Result<Self, MalformedPostalCode> {
        let code: Vec<char> =
            text.chars().filter(|c| !c.is_whitespace() && *c != '-').map(|c| c.to_ascii_uppercase()).collect();
        let letter = |c: char| c.is_ascii_uppercase() && !"DFIOQU".contains(c);
        let fits = |(i, c): (usize, &char)| if i % 2 == 0 { letter(*c) } else { c.is_ascii_digit() };
        if code.len() != 6 || !code.iter().enumerate().all(fits) || "WZ".contains(code[0]) {
            return Err(MalformedPostalCode);
        }
        let (area, unit) = code.split_at(3);
        Ok(Self(format!("{} {}", String::from_iter(area), String::from_iter(unit))))
    }
}

/// The time zones of Canada, by their IANA names; `America/Montreal` is how Québec writes Toronto's.
pub const TIME_ZONES: [&str; 23] = [
    "America/Atikokan",
    "America/Blanc-Sablon",
    "America/Cambridge_Bay",
    "America/Creston",
    "America/Dawson",
    "America/Dawson_Creek",
    "America/Edmonton",
    "America/Fort_Nelson",
    "America/Glace_Bay",
    "America/Goose_Bay",
    "America/Halifax",
    "America/Inuvik",
    "America/Iqaluit",
    "America/Moncton",
    "America/Montreal",
    "America/Rankin_Inlet",
    "America/Regina",
    "America/St_Johns",
    "America/Swift_Current",
    "America/Toronto",
    "America/Vancouver",
    "America/Whitehorse",
    "America/Winnipeg",
];

/// A point in Canada.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coordinates {
    latitude: f64,
    longitude: f64,
}

impl Coordinates {
    /// South to north, in degrees: from Middle Island to beyond Cape Columbia.
    pub const LATITUDES: std::ops::RangeInclusive<f64> = 41.0..=84.0;
    /// West to east, in degrees: from the Yukon's border to beyond Cape Spear.
    pub const LONGITUDES: std::ops::RangeInclusive<f64> = -142.0..=-52.0;

    /// A point, if it lies within the bounds of Canada.
    #[must_use]
    pub fn new(latitude: f64, longitude: f64) -> Option<Self> {
        let inside = Self::LATITUDES.contains(&latitude) && Self::LONGITUDES.contains(&longitude);
        inside.then_some(Self { latitude, longitude })
    }

    /// Degrees north.
    #[must_use]
    pub const fn latitude(self) -> f64 {
        self.latitude
    }

    /// Degrees east; negative in Canada.
    #[must_use]
    pub const fn longitude(self) -> f64 {
        self.longitude
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_postal_code_has_one_form() {
        for written in ["H2X 1Y4", "h2x1y4", " H2X-1Y4", "h2x\u{a0}1y4"] {
            assert_eq!(written.parse::<PostalCode>().expect("a postal code").as_str(), "H2X 1Y4", "{written}");
        }
        for wrong in ["", "H2X 1Y", "H2X 1Y44", "2HX 1Y4", "D2X 1Y4", "H2O 1Y4", "W2X 1Y4", "ÉÉÉ ÉÉÉ"] {
            assert!(wrong.parse::<PostalCode>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn every_time_zone_is_known_to_the_database() {
        for name in TIME_ZONES {
            assert!(jiff::tz::TimeZone::get(name).is_ok(), "{name}");
        }
    }

    #[test]
    fn a_point_lies_in_canada() {
        assert!(Coordinates::new(45.5, -73.5).is_some());
        for (latitude, longitude) in [(0.0, 0.0), (-73.5, 45.5), (45.5, 73.5), (f64::NAN, -73.5)] {
            assert_eq!(Coordinates::new(latitude, longitude), None);
        }
    }
}
