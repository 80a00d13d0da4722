//! The facilities of the committed excerpt that receive students in the demonstration.

use kernel::Locale::{self, En, Fr};

use super::clinics::Clinic::{
    self, Emergency, HomeCare, Imaging, IntensiveCare, LongTermCare, Medicine, MentalHealth, MotherAndChild,
    Pediatrics, Pharmacy, Rehabilitation, Respiratory, Social, Surgery,
};

/// An organisation of the excerpt.
pub(super) struct Agency {
    /// As the import writes it.
    pub(super) name: &'static str,
    pub(super) short: &'static str,
    pub(super) city: &'static str,
    /// Where its mail goes: nowhere, by RFC 2606.
    pub(super) domain: &'static str,
    pub(super) locale: Locale,
    /// Time zone of its sites, where it is not the province's.
    pub(super) zone: &'static str,
    /// Whether it works in Tandem.
    pub(super) user: bool,
    pub(super) sites: &'static [Site],
}

/// A site of it.
pub(super) struct Site {
    /// As people write it; the source has capitals only.
    pub(super) name: &'static str,
    /// Its services, and whether requests pass their coordinator by.
    pub(super) services: &'static [(Clinic, bool)],
    /// The floor on which numbering of its units begins.
    pub(super) floor: i32,
}

/// The first site is that of the printed accounts in French, the second agency's first that of those in English.
pub(super) const AGENCIES: [Agency; 10] = [
    Agency {
        name: "CISSS de la Montérégie-Centre",
        short: "CISSSMC",
        city: "Longueuil",
        domain: "cisss-monteregie-centre.example",
        locale: Fr,
        zone: "",
        user: true,
        sites: &[
            Site {
                name: "Hôpital Charles LeMoyne",
                services: &[
                    (Medicine, false),
                    (Surgery, false),
                    (Emergency, false),
                    (Pediatrics, false),
                    (MentalHealth, false),
                    (IntensiveCare, false),
                    (MotherAndChild, false),
                    (Rehabilitation, false),
                    (Imaging, false),
                    (Respiratory, false),
                ],
                floor: 4,
            },
            Site {
                name: "Hôpital du Haut-Richelieu",
                services: &[
                    (Medicine, false),
                    (Surgery, false),
                    (LongTermCare, false),
                    (HomeCare, true),
                    (Pharmacy, false),
                ],
                floor: 2,
            },
        ],
    },
    Agency {
        name: "CIUSSS du Centre-Ouest-de-l'Île-de-Montréal",
        short: "CCOMTL",
        city: "Montréal",
        domain: "ciusss-centre-ouest.example",
        locale: En,
        zone: "",
        user: true,
        sites: &[
            Site {
                name: "Hôpital général juif",
                services: &[
                    (Medicine, false),
                    (Surgery, false),
                    (Emergency, false),
                    (IntensiveCare, false),
                    (MotherAndChild, false),
                    (Imaging, false),
                    (Pharmacy, false),
                    (Social, false),
                ],
                floor: 7,
            },
            Site {
                name: "Hôpital Richardson",
                services: &[(Rehabilitation, false), (LongTermCare, false), (HomeCare, true)],
                floor: 3,
            },
        ],
    },
    Agency {
        name: "CISSS de l'Outaouais",
        short: "CISSSO",
        city: "Gatineau",
        domain: "cisss-outaouais.example",
        locale: Fr,
        zone: "",
        user: true,
        sites: &[
            Site {
                name: "Hôpital de Hull",
                services: &[
                    (Medicine, false),
                    (Surgery, false),
                    (Emergency, false),
                    (MentalHealth, false),
                    (Rehabilitation, false),
                    (Social, false),
                ],
                floor: 5,
            },
            Site {
                name: "Hôpital de Maniwaki",
                services: &[(Medicine, false), (LongTermCare, false), (HomeCare, false), (Social, false)],
                floor: 2,
            },
        ],
    },
    Agency {
        name: "CISSS de la Montérégie-Est",
        short: "CISSSME",
        city: "Longueuil",
        domain: "cisss-monteregie-est.example",
        locale: Fr,
        zone: "",
        user: true,
        sites: &[Site {
            name: "Hôpital Pierre-Boucher",
            services: &[
                (Medicine, false),
                (Surgery, false),
                (MotherAndChild, false),
                (Respiratory, false),
                (Imaging, false),
                (Pharmacy, false),
            ],
            floor: 3,
        }],
    },
    Agency {
        name: "CISSS de la Montérégie-Ouest",
        short: "CISSSMO",
        city: "Châteauguay",
        domain: "cisss-monteregie-ouest.example",
        locale: Fr,
        zone: "",
        user: true,
        sites: &[Site {
            name: "Hôpital Anna-Laberge",
            services: &[(Medicine, false), (Emergency, false), (Rehabilitation, false), (HomeCare, false)],
            floor: 2,
        }],
    },
    Agency {
        name: "CIUSSS de l'Est-de-l'Île-de-Montréal",
        short: "CEMTL",
        city: "Montréal",
        domain: "ciusss-est.example",
        locale: Fr,
        zone: "",
        user: true,
        sites: &[Site {
            name: "Hôpital Santa Cabrini",
            services: &[
                (Medicine, false),
                (Surgery, false),
                (Emergency, false),
                (Rehabilitation, false),
                (Imaging, false),
            ],
            floor: 4,
        }],
    },
    Agency {
        name: "CIUSSS du Nord-de-l'Île-de-Montréal",
        short: "CNMTL",
        city: "Montréal",
        domain: "ciusss-nord.example",
        locale: Fr,
        zone: "",
        user: true,
        sites: &[Site {
            name: "Hôpital Fleury",
            services: &[(Medicine, false), (MentalHealth, false), (LongTermCare, false), (Social, false)],
            floor: 3,
        }],
    },
    Agency {
        name: "CIUSSS de la Mauricie-et-du-Centre-du-Québec",
        short: "CMCQ",
        city: "Trois-Rivières",
        domain: "ciusss-mauricie.example",
        locale: Fr,
        zone: "",
        user: true,
        sites: &[Site {
            name: "Hôpital Sainte-Croix",
            services: &[(Medicine, false), (Surgery, false), (LongTermCare, false), (HomeCare, false)],
            floor: 4,
        }],
    },
    Agency {
        name: "CISSS du Bas-Saint-Laurent",
        short: "CISSSBSL",
        city: "Rimouski",
        domain: "cisss-bas-saint-laurent.example",
        locale: Fr,
        zone: "",
        user: true,
        sites: &[Site {
            name: "Hôpital régional de Rimouski",
            services: &[
                (Medicine, false),
                (Pediatrics, false),
                (Rehabilitation, false),
                (Imaging, false),
                (Social, false),
                (Respiratory, false),
            ],
            floor: 2,
        }],
    },
    Agency {
        name: "CISSS des Îles",
        short: "CISSSI",
        city: "Les Îles-de-la-Madeleine",
        domain: "cisss-iles.example",
        locale: Fr,
        zone: "America/Halifax",
        user: false,
        sites: &[Site {
            name: "Hôpital de l’Archipel",
            services: &[(Medicine, false), (Rehabilitation, false)],
            floor: 1,
        }],
    },
];

/// Names that try the pages: longer than a column, and with marks that mean something to HTML.
pub(super) const HARD_NAMES: [&str; 2] = [
    "Unité de courte durée gériatrique et de réadaptation précoce – 4e étage, aile B2",
    "Clinique « L’Envol » & hôpital de jour <adolescents> \"12-17 ans\"",
];
