//! Which public institution of Québec runs a facility of which the source tells no more than that the province listed it.
//!
//! The institutions and their territories are those of the Act to modify the organization and governance of the health and
//! social services network (CQLR, c. O-7.2, schedule I), written here as census divisions. It is said only where it follows:
//!
//! - All local community service centres (mission CLSC) of a territory are its institution's; general hospitals (CHSGS) are where
//!   the region has no other public institution that runs one.
//! - Not on Montréal's island, around Longueuil and in the north, where several institutions share a census division; nor on
//!   reserves, whose facilities are the communities' or the Cree's own.
//! - Not for other missions: homes for long-term care may be private, and centres for youth or rehabilitation belong to
//!   institutions of other regions.

/// A territory: the name of its institution as the source writes it in names of facilities, its census divisions, and whether
/// all its public general hospitals are the institution's.
struct Territory {
    institution: &'static str,
    divisions: &'static [u8],
    all_hospitals: bool,
}

const fn territory(institution: &'static str, divisions: &'static [u8], all_hospitals: bool) -> Territory {
    Territory { institution, divisions, all_hospitals }
}

const TERRITORIES: [Territory; 17] = [
    territory("CISSS DU BAS-SAINT-LAURENT", &[7, 8, 9, 10, 11, 12, 13, 14], true),
    territory("CIUSSS DU SAGUENAY–LAC-ST-JEAN", &[91, 92, 93, 94], true),
    territory("CIUSSS DE LA CAPITALE-NATIONALE", &[15, 16, 20, 21, 22, 23, 34], false),
    territory("CIUSSS DE LA MAURICIE-ET-DU-CENTRE-DU-QUÉBEC", &[32, 35, 36, 37, 38, 39, 49, 50, 51, 90], true),
    territory("CIUSSS DE L'ESTRIE-CHUS", &[30, 40, 41, 42, 43, 44, 45, 46, 47], true),
    territory("CISSS DE L'OUTAOUAIS", &[80, 81, 82, 83, 84], true),
    territory("CISSS DE L'ABITIBI-TÉMISCAMINGUE", &[85, 86, 87, 88, 89], true),
    territory("CISSS DE LA CÔTE-NORD", &[95, 96, 97, 98], true),
    territory("CISSS DE LA GASPÉSIE", &[2, 3, 4, 5, 6], true),
    territory("CISSS DES ÎLES", &[1], true),
    territory("CISSS DE CHAUDIÈRE-APPALACHES", &[17, 18, 19, 25, 26, 27, 28, 29, 31, 33], true),
    territory("CISSS DE LAVAL", &[65], true),
    territory("CISSS DE LANAUDIÈRE", &[52, 60, 61, 62, 63, 64], true),
    territory("CISSS DES LAURENTIDES", &[72, 73, 74, 75, 76, 77, 78, 79], true),
    territory("CISSS DE LA MONTÉRÉGIE-OUEST", &[67, 68, 69, 70, 71], true),
    territory("CISSS DE LA MONTÉRÉGIE-EST", &[48, 53, 54, 59], true),
    territory("CISSS DE LA MONTÉRÉGIE-CENTRE", &[56], true),
];

/// The institution that runs a facility in a census subdivision (`2493042`, also as the decimal `2493042.0`) with these
/// missions (`CHSGS, CLSC`), where that is certain.
#[must_use]
pub fn institution(subdivision: &str, missions: &str) -> Option<&'static str> {
    let subdivision = subdivision.trim().trim_end_matches(".0");
    let code = subdivision.strip_prefix("24").filter(|rest| rest.len() == 5)?;
    let (division, place): (u8, u16) = (code.get(..2)?.parse().ok()?, code.get(2..)?.parse().ok()?);
    let found = TERRITORIES.iter().find(|t| t.divisions.contains(&division)).filter(|_| place < FIRST_RESERVE)?;
    let has = |mission: &str| missions.split(',').any(|m| m.trim() == mission);
    (has("CLSC") || found.all_hospitals && has("CHSGS")).then_some(found.institution)
}

/// Within a division, Statistics Canada numbers reserves and northern villages of communities from here on.
const FIRST_RESERVE: u16 = 800;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_certain_is_said_and_nothing_else() {
        for (subdivision, missions, expected) in [
            ("2481017.0", "CLSC", Some("CISSS DE L'OUTAOUAIS")),
            ("2443027", "CHSGS", Some("CIUSSS DE L'ESTRIE-CHUS")),
            ("2423027.0", "CLSC, CHSLD", Some("CIUSSS DE LA CAPITALE-NATIONALE")),
            // Hospitals of the city of Québec may be a university hospital's.
            ("2423027.0", "CHSGS", None),
            // Five institutions share Montréal.
            ("2466023.0", "CLSC", None),
            ("2458227.0", "CLSC", None),
            // A home may be private, and a youth centre of another region.
            ("2443027.0", "CHSLD", None),
            ("2475005.0", "CRJDA", None),
            // Kahnawake's own.
            ("2467802.0", "CHSGS, CHSLD", None),
            ("3506008.0", "CLSC", None),
            ("24é1017", "CLSC", None),
            ("", "CLSC", None),
        ] {
            assert_eq!(institution(subdivision, missions), expected, "{subdivision} {missions}");
        }
    }

    #[test]
    fn no_division_is_in_two_territories() {
        let mut all: Vec<u8> = TERRITORIES.iter().flat_map(|t| t.divisions).copied().collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }
}
