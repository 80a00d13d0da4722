//! Schools, programs and courses. The codes have the form of Québec's; the schools are invented.

use kernel::Locale::{self, En, Fr};

/// A school.
pub(super) struct School {
    pub(super) name: &'static str,
    pub(super) short: &'static str,
    pub(super) city: &'static str,
    /// Where its mail goes: nowhere, by RFC 2606.
    pub(super) domain: &'static str,
    pub(super) locale: Locale,
    /// Whether it works in Tandem.
    pub(super) user: bool,
    pub(super) programs: &'static [Program],
}

/// A program.
pub(super) struct Program {
    pub(super) discipline: &'static str,
    pub(super) fr: &'static str,
    pub(super) en: &'static str,
    pub(super) courses: &'static [Course],
}

/// A practicum course.
pub(super) struct Course {
    pub(super) code: &'static str,
    pub(super) fr: &'static str,
    pub(super) en: &'static str,
    pub(super) hours: i32,
    /// Code of the placement type.
    pub(super) kind: &'static str,
}

const GROUP: &str = "INSTRUCTOR_LED_GROUP";
const ONE: &str = "PRECEPTORSHIP";
const SHARED: &str = "SHARED_PRECEPTORSHIP";
const FIELD: &str = "FIELDWORK";
const INTERN: &str = "INTERNSHIP";
const LOOK: &str = "OBSERVATION";
const LAST: &str = "CONSOLIDATION";

const fn course(code: &'static str, fr: &'static str, en: &'static str, hours: i32, kind: &'static str) -> Course {
    Course { code, fr, en, hours, kind }
}

/// The first two are those of the printed accounts.
pub(super) const SCHOOLS: [School; 7] = [
    School {
        name: "Cégep de la Rive-Boisée",
        short: "CRB",
        city: "Longueuil",
        domain: "cegep-rive-boisee.example",
        locale: Fr,
        user: true,
        programs: &[
            Program {
                discipline: "nursing",
                fr: "Soins infirmiers (180.A0)",
                en: "Nursing (180.A0)",
                courses: &[
                    course("180-20A-RB", "Initiation à la pratique", "Introduction to Practice", 90, GROUP),
                    course("180-40B-RB", "Soins en médecine et chirurgie", "Medical-Surgical Nursing", 180, GROUP),
                    course(
                        "180-50C-RB",
                        "Santé mentale et périnatalité",
                        "Mental Health and Perinatal Care",
                        135,
                        GROUP,
                    ),
                    course("180-60D-RB", "Stage d’intégration", "Integration Practicum", 240, LAST),
                ],
            },
            Program {
                discipline: "respiratory-therapy",
                fr: "Techniques d’inhalothérapie (141.A0)",
                en: "Respiratory Therapy (141.A0)",
                courses: &[
                    course("141-50A-RB", "Soins cardiorespiratoires", "Cardiorespiratory Care", 160, SHARED),
                    course("141-60B-RB", "Stage d’intégration clinique", "Clinical Integration", 320, LAST),
                ],
            },
        ],
    },
    School {
        name: "Maplewood College",
        short: "MWC",
        city: "Montréal",
        domain: "maplewoodcollege.example",
        locale: En,
        user: true,
        programs: &[
            Program {
                discipline: "nursing",
                fr: "Soins infirmiers (180.A0)",
                en: "Nursing (180.A0)",
                courses: &[
                    course("180-21A-MW", "Fondements des soins", "Foundations of Nursing", 96, GROUP),
                    course("180-42B-MW", "Soins à l’adulte", "Adult Health", 180, GROUP),
                    course("180-63C-MW", "Consolidation", "Consolidation Practicum", 232, LAST),
                ],
            },
            Program {
                discipline: "imaging",
                fr: "Technologie de radiodiagnostic (142.H0)",
                en: "Diagnostic Imaging (142.H0)",
                courses: &[
                    course("142-41A-MW", "Radiologie générale", "General Radiography", 150, ONE),
                    course("142-62B-MW", "Tomodensitométrie", "Computed Tomography", 210, ONE),
                ],
            },
        ],
    },
    School {
        name: "Université des Trois-Rives",
        short: "U3R",
        city: "Montréal",
        domain: "u-trois-rives.example",
        locale: Fr,
        user: true,
        programs: &[
            Program {
                discipline: "physiotherapy",
                fr: "Maîtrise en physiothérapie",
                en: "Master of Physiotherapy",
                courses: &[
                    course("PHT-6110", "Stage clinique I", "Clinical Practicum I", 175, SHARED),
                    course("PHT-6320", "Stage clinique III", "Clinical Practicum III", 210, ONE),
                ],
            },
            Program {
                discipline: "occupational-therapy",
                fr: "Maîtrise en ergothérapie",
                en: "Master of Occupational Therapy",
                courses: &[
                    course("ERG-6205", "Stage de pratique II", "Fieldwork II", 245, ONE),
                    course("ERG-6410", "Stage d’intégration", "Integration Fieldwork", 280, FIELD),
                ],
            },
            Program {
                discipline: "pharmacy",
                fr: "Doctorat en pharmacie",
                en: "Doctor of Pharmacy",
                courses: &[
                    course("PHA-4400", "Stage en établissement de santé", "Hospital Practice", 160, INTERN),
                    course("PHA-4450", "Stage au choix", "Elective Practice", 160, INTERN),
                ],
            },
        ],
    },
    School {
        name: "Kingsbridge University",
        short: "KBU",
        city: "Montréal",
        domain: "kingsbridge.example",
        locale: En,
        user: true,
        programs: &[
            Program {
                discipline: "nursing",
                fr: "Baccalauréat en sciences infirmières",
                en: "Bachelor of Nursing",
                courses: &[
                    course("NUR-331", "Soins aigus", "Acute Care Nursing", 168, GROUP),
                    course("NUR-438", "Santé communautaire", "Community Health Nursing", 112, FIELD),
                ],
            },
            Program {
                discipline: "social-work",
                fr: "Baccalauréat en travail social",
                en: "Bachelor of Social Work",
                courses: &[
                    course("SWK-380", "Stage I", "Field Education I", 280, FIELD),
                    course("SWK-480", "Stage II", "Field Education II", 320, FIELD),
                ],
            },
        ],
    },
    School {
        name: "Cégep du Grand-Portage-des-Outaouais",
        short: "CGPO",
        city: "Gatineau",
        domain: "cegep-grand-portage.example",
        locale: Fr,
        user: true,
        programs: &[
            Program {
                discipline: "nursing",
                fr: "Soins infirmiers (180.A0)",
                en: "Nursing (180.A0)",
                courses: &[
                    course("180-30A-GP", "Soins en médecine", "Medical Nursing", 144, GROUP),
                    course("180-51B-GP", "Soins critiques et urgence", "Critical Care and Emergency", 120, ONE),
                ],
            },
            Program {
                discipline: "social-work",
                fr: "Techniques de travail social (388.A0)",
                en: "Social Service (388.A0)",
                courses: &[
                    course("388-40A-GP", "Stage d’observation", "Observation Practicum", 45, LOOK),
                    course("388-60B-GP", "Stage d’intervention", "Intervention Practicum", 375, FIELD),
                ],
            },
        ],
    },
    School {
        name: "Collège de l’Anse-aux-Goélands",
        short: "CAG",
        city: "Rimouski",
        domain: "college-anse.example",
        locale: Fr,
        user: true,
        programs: &[
            Program {
                discipline: "physiotherapy",
                fr: "Techniques de physiothérapie (144.A1)",
                en: "Physiotherapy Technology (144.A1)",
                courses: &[
                    course("144-40A-AG", "Stage d’initiation", "Introductory Practicum", 105, SHARED),
                    course("144-60B-AG", "Stage d’intégration", "Integration Practicum", 360, LAST),
                ],
            },
            Program {
                discipline: "imaging",
                fr: "Technologie de radiodiagnostic (142.H0)",
                en: "Diagnostic Imaging (142.H0)",
                courses: &[
                    course("142-50A-AG", "Examens généraux", "General Examinations", 180, ONE),
                    course("142-61B-AG", "Examens spécialisés", "Specialised Examinations", 210, ONE),
                ],
            },
        ],
    },
    School {
        name: "Centre de formation professionnelle des Rapides",
        short: "CFPR",
        city: "Drummondville",
        domain: "cfp-rapides.example",
        locale: Fr,
        user: false,
        programs: &[Program {
            discipline: "nursing",
            fr: "Santé, assistance et soins infirmiers (5325)",
            en: "Health, Assistance and Nursing (5325)",
            courses: &[
                course("251-114", "Soins de longue durée", "Long-Term Care", 120, GROUP),
                course("251-138", "Stage de fin d’études", "Final Practicum", 195, ONE),
            ],
        }],
    },
];

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_code_is_given_twice_and_every_type_is_of_the_province() {
        let courses = SCHOOLS.iter().flat_map(|s| s.programs).flat_map(|p| p.courses);
        let codes: Vec<_> = courses.clone().map(|c| c.code).collect();
        assert!(codes.len() >= 30, "{}", codes.len());
        assert_eq!(codes.iter().collect::<HashSet<_>>().len(), codes.len());
        let known = [GROUP, ONE, SHARED, FIELD, INTERN, LOOK, LAST];
        assert!(courses.clone().all(|c| known.contains(&c.kind) && (0..=5000).contains(&c.hours)));
    }
}
