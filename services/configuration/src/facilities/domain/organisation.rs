//! Who runs a facility, as far as the source tells.

use kernel::fold;

use crate::facilities::domain::{
    row::Row,
    territory,
    tidy::{Naming, squeeze, tidy},
};

/// The provider, folded, of the province's own list of public and private facilities.
const LISTED_BY_PROVINCE: &str = "province of quebec";
/// What that provider calls itself.
const PROVINCE: &str = "Gouvernement du Québec";

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

/// The organisation of a row, and the name of its site.
pub fn organisation(index: &str, full_name: &str, row: &Row) -> (Organisation, String) {
    let provider = squeeze(&row.provider);
    let named = full_name.split_once(" — ").filter(|(organisation, _)| !organisation.trim().is_empty());
    let of_province = fold(&provider) == LISTED_BY_PROVINCE;
    let of_place = || territory::institution(&row.subdivision_code, &row.missions).filter(|_| of_province);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facilities::domain::{facility::Facility, row::sample as row};

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
}
