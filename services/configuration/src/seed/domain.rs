//! What a province starts with: reasons (domain §8) and placement types (domain §7.2), to be edited afterwards.

use directory::model::ReasonUse::{self, Accept, Cancel, Decline};
use jiff::civil::{Date, date};
use kernel::Text;

use crate::{
    codes::{PlacementType, Reason},
    resources::Code,
};

/// The national revision of placement types took effect on this day.
const TYPES_SINCE: Date = date(2025, 1, 1);

const REASONS: [(&str, &str, &str, &[ReasonUse]); 23] = [
    ("A1", "Acceptée telle quelle", "Accepted as requested", &[Accept]),
    ("A2", "Acceptée avec modification des dates ou de l’unité", "Accepted with other dates or unit", &[Accept]),
    ("A3", "Acceptée sous réserve des effectifs", "Accepted subject to staffing", &[Accept]),
    ("D1", "Aucun superviseur disponible", "No preceptor available", &[Decline]),
    ("D2", "Capacité atteinte", "Capacity reached or other students on site", &[Decline]),
    ("D3", "Pénurie de personnel ou surcharge", "Staffing shortage or workload", &[Decline]),
    ("D4", "Unité fermée, déménagée ou réorganisée", "Unit closed, moving or reorganising", &[Decline]),
    ("D5", "Éclosion ou danger", "Outbreak or hazard", &[Decline, Cancel]),
    ("D6", "Milieu inadapté aux objectifs", "Learning needs not met here", &[Decline]),
    ("D7", "Aucun contrat d’affiliation en vigueur", "No agreement in force", &[Decline]),
    ("D8", "Délai insuffisant", "Insufficient notice", &[Decline]),
    ("D9", "Conflit d’horaire avec un autre groupe", "Schedule conflict with another group", &[Decline]),
    ("D10", "Demande incomplète ou en double", "Incomplete or duplicate request", &[Decline]),
    (
        "D11",
        "Étudiant non retenu après entrevue, ou conflit d’intérêts",
        "Student not accepted after interview, or conflict of interest",
        &[Decline],
    ),
    ("C1", "Abandon, échec ou congé", "Student withdrew, failed or is on leave", &[Cancel]),
    ("C2", "Placé ailleurs ou place superflue", "Placed elsewhere or place no longer needed", &[Cancel]),
    ("C3", "Cours annulé ou baisse des inscriptions", "Course cancelled or enrolment down", &[Cancel]),
    ("C4", "Aucun enseignant", "No instructor", &[Cancel]),
    ("C5", "Préalables non satisfaits", "Prerequisites unmet", &[Cancel]),
    ("C6", "Superviseur devenu indisponible", "Supervisor no longer available", &[Cancel]),
    ("C7", "Blessure ou incident", "Injury or incident", &[Cancel]),
    ("C8", "Conflit de travail, météo ou urgence", "Labour dispute, weather or emergency", &[Cancel]),
    ("C9", "Erreur de saisie", "Entry error", &[Accept, Decline, Cancel]),
];

const PLACEMENT_TYPES: [(&str, &str, &str); 11] = [
    ("INSTRUCTOR_LED_GROUP", "Groupe dirigé par un enseignant", "Instructor-led group"),
    ("PRECEPTORSHIP", "Préceptorat", "Preceptorship"),
    ("SHARED_PRECEPTORSHIP", "Préceptorat partagé", "Shared preceptorship"),
    ("FIELDWORK", "Stage de terrain", "Fieldwork"),
    ("INTERNSHIP", "Internat clinique", "Clinical internship"),
    ("RESIDENCY", "Résidence ou externat", "Residency or clerkship"),
    ("PROJECT", "Projet ou recherche", "Project or research"),
    ("LEADERSHIP", "Gestion et leadership", "Administration and leadership"),
    ("OBSERVATION", "Observation", "Observation"),
    ("SIMULATION", "Simulation ou stage virtuel", "Simulation or virtual placement"),
    ("CONSOLIDATION", "Stage d’intégration", "Final consolidation"),
];

/// The starter list of reasons.
#[must_use]
pub fn reasons() -> Vec<Reason> {
    let reason = |&(code, fr, en, uses): &(&str, &str, &str, &[ReasonUse])| Reason {
        code: known(code),
        name: Text::new(fr, en),
        uses: uses.to_vec(),
        active: true,
    };
    REASONS.iter().map(reason).collect()
}

/// The starter list of placement types.
#[must_use]
pub fn placement_types() -> Vec<PlacementType> {
    let kind = |&(code, fr, en): &(&str, &str, &str)| PlacementType {
        code: known(code),
        name: Text::new(fr, en),
        valid_from: TYPES_SINCE,
        valid_to: None,
    };
    PLACEMENT_TYPES.iter().map(kind).collect()
}

fn known(code: &str) -> Code {
    code.parse().expect("the starter lists hold codes")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_starter_lists_have_no_code_twice() {
        let mut codes: Vec<Code> = reasons().into_iter().map(|r| r.code).collect();
        codes.extend(placement_types().into_iter().map(|t| t.code));
        let all = codes.len();
        codes.sort();
        codes.dedup();
        assert_eq!((codes.len(), all), (34, 34));
    }
}
