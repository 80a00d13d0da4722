//! Clinical services, the units that they have, and who learns there.

/// A clinical service, as a provincial list would have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Clinic {
    Medicine,
    Surgery,
    Emergency,
    Pediatrics,
    MentalHealth,
    IntensiveCare,
    MotherAndChild,
    Rehabilitation,
    LongTermCare,
    HomeCare,
    Imaging,
    Respiratory,
    Pharmacy,
    Social,
}

/// A unit; `{n}` in its name stands for a floor.
pub(super) struct Unit {
    pub(super) fr: &'static str,
    pub(super) en: &'static str,
    /// `{n}` stands for the floor here too.
    pub(super) short: &'static str,
    pub(super) capacity: i32,
    /// Most students in one group; 0 where groups are too much.
    pub(super) group: i32,
}

const fn unit(fr: &'static str, en: &'static str, short: &'static str, capacity: i32, group: i32) -> Unit {
    Unit { fr, en, short, capacity, group }
}

impl Clinic {
    /// French and English name.
    pub(super) const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Medicine => ("Médecine", "Medicine"),
            Self::Surgery => ("Chirurgie", "Surgery"),
            Self::Emergency => ("Urgence", "Emergency"),
            Self::Pediatrics => ("Pédiatrie", "Pediatrics"),
            Self::MentalHealth => ("Santé mentale", "Mental Health"),
            Self::IntensiveCare => ("Soins intensifs", "Intensive Care"),
            Self::MotherAndChild => ("Mère-enfant", "Maternity and Newborn"),
            Self::Rehabilitation => ("Réadaptation", "Rehabilitation"),
            Self::LongTermCare => ("Soins de longue durée", "Long-Term Care"),
            Self::HomeCare => ("Soutien à domicile", "Home Care"),
            Self::Imaging => ("Imagerie médicale", "Medical Imaging"),
            Self::Respiratory => ("Inhalothérapie", "Respiratory Therapy"),
            Self::Pharmacy => ("Pharmacie", "Pharmacy"),
            Self::Social => ("Services sociaux", "Social Services"),
        }
    }

    /// The disciplines whose students learn there.
    pub(super) const fn disciplines(self) -> &'static [&'static str] {
        match self {
            Self::Medicine | Self::Surgery | Self::Emergency | Self::Pediatrics | Self::MotherAndChild => &["nursing"],
            Self::MentalHealth => &["nursing", "social-work"],
            Self::IntensiveCare => &["nursing", "respiratory-therapy"],
            Self::Rehabilitation => &["physiotherapy", "occupational-therapy"],
            Self::LongTermCare => &["nursing", "physiotherapy", "occupational-therapy"],
            Self::HomeCare => &["nursing", "physiotherapy", "occupational-therapy", "social-work"],
            Self::Imaging => &["imaging"],
            Self::Respiratory => &["respiratory-therapy"],
            Self::Pharmacy => &["pharmacy"],
            Self::Social => &["social-work"],
        }
    }

    /// Its units, the usual ones first.
    pub(super) const fn units(self) -> &'static [Unit] {
        const MEDICINE: &[Unit] = &[
            unit("{n}e Ouest – Médecine", "{n} West – Medicine", "{n}O", 8, 8),
            unit("{n}e Est – Médecine familiale", "{n} East – Family Medicine", "{n}E", 6, 6),
            unit("Gériatrie active", "Acute Geriatrics", "GER", 4, 0),
        ];
        const SURGERY: &[Unit] = &[
            unit("{n}e Nord – Chirurgie générale", "{n} North – General Surgery", "{n}N", 8, 8),
            unit("{n}e Sud – Orthopédie", "{n} South – Orthopaedics", "{n}S", 6, 6),
        ];
        const EMERGENCY: &[Unit] = &[
            unit("Urgence – civières", "Emergency – Stretchers", "URG-C", 3, 0),
            unit("Urgence – ambulatoire et triage", "Emergency – Ambulatory and Triage", "URG-A", 2, 0),
        ];
        const PEDIATRICS: &[Unit] = &[unit("Pédiatrie – {n}e étage", "Pediatrics – {n}th Floor", "PED", 6, 6)];
        const MENTAL: &[Unit] = &[
            unit("Psychiatrie adulte – interne", "Adult Psychiatry – Inpatient", "PSY-I", 6, 6),
            unit("Hôpital de jour en santé mentale", "Mental Health Day Hospital", "HJ-SM", 3, 0),
        ];
        const INTENSIVE: &[Unit] = &[unit("Soins intensifs – {n}e étage", "Intensive Care – {n}th Floor", "SI", 3, 0)];
        const MOTHER: &[Unit] = &[
            unit("Unité des naissances", "Birthing Unit", "NAIS", 4, 4),
            unit("Néonatologie", "Neonatology", "NEO", 2, 0),
        ];
        const REHABILITATION: &[Unit] = &[
            unit("Unité de réadaptation fonctionnelle intensive", "Intensive Functional Rehabilitation", "URFI", 4, 0),
            unit("Clinique externe de physiothérapie", "Outpatient Physiotherapy", "PHT-EXT", 3, 0),
            unit("Clinique externe d’ergothérapie", "Outpatient Occupational Therapy", "ERG-EXT", 3, 0),
        ];
        const LONG_TERM: &[Unit] = &[
            unit("Hébergement – {n}e étage", "Residential Care – {n}th Floor", "HEB-{n}", 8, 8),
            unit("Unité prothétique", "Memory Care Unit", "UP", 4, 4),
        ];
        const HOME: &[Unit] = &[
            unit("Soutien à domicile – secteur Nord", "Home Care – North Team", "SAD-N", 4, 0),
            unit("Soutien à domicile – secteur Sud", "Home Care – South Team", "SAD-S", 3, 0),
        ];
        const IMAGING: &[Unit] = &[
            unit("Radiologie générale", "General Radiology", "RX", 4, 0),
            unit("Tomodensitométrie", "CT Suite", "TDM", 2, 0),
        ];
        const RESPIRATORY: &[Unit] = &[unit("Service d’inhalothérapie", "Respiratory Therapy Service", "INH", 4, 0)];
        const PHARMACY: &[Unit] = &[unit("Département de pharmacie", "Department of Pharmacy", "PHARM", 3, 0)];
        const SOCIAL: &[Unit] = &[unit("Service social hospitalier", "Hospital Social Work", "TS", 3, 0)];
        match self {
            Self::Medicine => MEDICINE,
            Self::Surgery => SURGERY,
            Self::Emergency => EMERGENCY,
            Self::Pediatrics => PEDIATRICS,
            Self::MentalHealth => MENTAL,
            Self::IntensiveCare => INTENSIVE,
            Self::MotherAndChild => MOTHER,
            Self::Rehabilitation => REHABILITATION,
            Self::LongTermCare => LONG_TERM,
            Self::HomeCare => HOME,
            Self::Imaging => IMAGING,
            Self::Respiratory => RESPIRATORY,
            Self::Pharmacy => PHARMACY,
            Self::Social => SOCIAL,
        }
    }
}
