//! What the profiles of units tell students and schools, in both languages.

use proto::{configuration::v1::Shift, text::v1::LocalizedText};

use super::clinics::Clinic;

/// What a unit's profile tells.
pub(super) struct Profile {
    pub(super) description: LocalizedText,
    pub(super) prerequisites: LocalizedText,
    pub(super) shifts: &'static [Shift],
    pub(super) notice_weeks: i32,
}

const DAY: &[Shift] = &[Shift::Day];
const DAY_EVENING: &[Shift] = &[Shift::Day, Shift::Evening];
const ALL_DAY: &[Shift] = &[Shift::Day, Shift::Evening, Shift::Night];

/// The profile of the units of a clinic.
pub(super) fn profile(clinic: Clinic) -> Profile {
    let (description, prerequisites) = (text(description(clinic)), text(prerequisites(clinic)));
    let (shifts, notice_weeks) = times(clinic);
    Profile { description, prerequisites, shifts, notice_weeks }
}

fn text((fr, en): (&str, &str)) -> LocalizedText {
    LocalizedText { fr: fr.to_owned(), en: en.to_owned() }
}

/// Shifts, and weeks of notice.
const fn times(clinic: Clinic) -> (&'static [Shift], i32) {
    match clinic {
        Clinic::Medicine | Clinic::Surgery => (ALL_DAY, 6),
        Clinic::IntensiveCare | Clinic::Emergency => (ALL_DAY, 8),
        Clinic::MotherAndChild => (ALL_DAY, 10),
        Clinic::Pediatrics | Clinic::MentalHealth | Clinic::LongTermCare => (DAY_EVENING, 6),
        Clinic::Respiratory => (DAY_EVENING, 4),
        Clinic::Rehabilitation | Clinic::HomeCare | Clinic::Imaging | Clinic::Pharmacy | Clinic::Social => (DAY, 4),
    }
}

const fn description(clinic: Clinic) -> (&'static str, &'static str) {
    match clinic {
        Clinic::Medicine => (
            "Unité de médecine de 28 lits : insuffisance cardiaque, maladies pulmonaires, diabète, soins de fin de vie. Les \
             stagiaires participent à la tournée interdisciplinaire du matin.",
            "A 28-bed medical unit: heart failure, lung disease, diabetes, end-of-life care. Students take part in the \
             interdisciplinary rounds each morning.",
        ),
        Clinic::Surgery => (
            "Unité de chirurgie de 24 lits : soins avant et après l’opération, plaies, gestion de la douleur, préparation du \
             congé. Le rythme est soutenu du lundi au jeudi.",
            "A 24-bed surgical unit: care before and after surgery, wounds, pain management, discharge planning. Busiest \
             from Monday to Thursday.",
        ),
        Clinic::Emergency => (
            "Urgence d’environ 45 000 visites par année. Chaque stagiaire est jumelé à une préceptrice ; un groupe n’y est pas \
             possible.",
            "An emergency department with about 45,000 visits a year. Each student is paired with a preceptor; groups cannot \
             be taken.",
        ),
        Clinic::Pediatrics => (
            "Soins aux enfants de la naissance à 17 ans et à leur famille, hospitalisation de courte durée et médecine de jour.",
            "Care of children from birth to 17 and their families: short stays and day medicine.",
        ),
        Clinic::MentalHealth => (
            "Évaluation et traitement d’adultes en santé mentale. On y apprend la relation d’aide, l’évaluation du risque et \
             le travail avec la communauté.",
            "Assessment and treatment of adults in mental health. Students learn therapeutic relationships, risk assessment \
             and work with the community.",
        ),
        Clinic::IntensiveCare => (
            "Douze lits de soins critiques : ventilation, surveillance hémodynamique, soins aux familles. Pour la dernière année \
             de formation.",
            "Twelve critical-care beds: ventilation, haemodynamic monitoring, care of families. For the final year of training.",
        ),
        Clinic::MotherAndChild => (
            "Naissances, soins à la mère et au nouveau-né, enseignement de l’allaitement. Environ 2 400 naissances par année.",
            "Births, care of mothers and newborns, breastfeeding support. About 2,400 births a year.",
        ),
        Clinic::Rehabilitation => (
            "Réadaptation après un AVC, une fracture ou une chirurgie, avec physiothérapeutes, ergothérapeutes et orthophonistes.",
            "Rehabilitation after stroke, fracture or surgery, with physiotherapists, occupational therapists and \
             speech-language pathologists.",
        ),
        Clinic::LongTermCare => (
            "Milieu de vie pour aînés en perte d’autonomie. Un bon premier stage : soins de base, communication, approche \
             relationnelle.",
            "A home for older adults losing autonomy. A good first placement: basic care, communication, relational approach.",
        ),
        Clinic::HomeCare => (
            "Visites à domicile : soins de plaies, évaluation, maintien à domicile. On se déplace avec l’intervenante.",
            "Home visits: wound care, assessment, support to stay at home. Students travel with their preceptor.",
        ),
        Clinic::Imaging => (
            "Radiographie, scopie et tomodensitométrie ; clientèle ambulatoire et hospitalisée.",
            "Radiography, fluoroscopy and CT, for outpatients and inpatients.",
        ),
        Clinic::Respiratory => (
            "Inhalothérapie aux étages, à l’urgence et aux soins critiques ; laboratoire de fonction respiratoire.",
            "Respiratory therapy on the wards, in emergency and critical care; pulmonary function laboratory.",
        ),
        Clinic::Pharmacy => (
            "Pharmacie d’établissement : bilan comparatif des médicaments, préparations stériles, conseils aux équipes de soins.",
            "Hospital pharmacy: medication reconciliation, sterile compounding, advice to care teams.",
        ),
        Clinic::Social => (
            "Évaluation psychosociale, soutien aux familles, orientation vers les ressources, protection des personnes.",
            "Psychosocial assessment, support of families, referral to resources, protection of persons.",
        ),
    }
}

const fn prerequisites(clinic: Clinic) -> (&'static str, &'static str) {
    match clinic {
        Clinic::IntensiveCare | Clinic::Emergency | Clinic::Respiratory => (
            "Vaccination à jour\nTest d’ajustement du masque N95\nRCR pour professionnels de la santé (moins d’un an)\nFormation en \
             ligne sur les systèmes d’information (2 h)",
            "Immunization up to date\nN95 mask fit test\nCPR for health professionals (less than a year old)\nOnline training on \
             the information systems (2 h)",
        ),
        Clinic::MotherAndChild | Clinic::Pediatrics => (
            "Vaccination à jour, coqueluche comprise\nVérification des antécédents judiciaires\nTest d’ajustement du masque N95",
            "Immunization up to date, pertussis included\nPolice record check\nN95 mask fit test",
        ),
        Clinic::HomeCare | Clinic::Social | Clinic::MentalHealth => (
            "Vérification des antécédents judiciaires\nEngagement à la confidentialité signé\nPermis de conduire souhaité pour \
             les visites",
            "Police record check\nSigned confidentiality agreement\nDriver’s licence preferred for visits",
        ),
        Clinic::Imaging => (
            "Dosimètre fourni par l’école\nVaccination à jour\nDéclaration de grossesse, le cas échéant",
            "Dosimeter provided by the school\nImmunization up to date\nDeclaration of pregnancy, where it applies",
        ),
        Clinic::Medicine | Clinic::Surgery | Clinic::Rehabilitation | Clinic::LongTermCare | Clinic::Pharmacy => (
            "Vaccination à jour\nTest d’ajustement du masque N95\nFormation PDSP (déplacement sécuritaire des personnes)\nEngagement \
             à la confidentialité signé",
            "Immunization up to date\nN95 mask fit test\nTraining in moving patients safely (PDSP)\nSigned confidentiality \
             agreement",
        ),
    }
}
