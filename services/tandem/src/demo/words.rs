//! What people write, in their language.

use kernel::Locale;

use super::draw::Draw;

/// On which occasion something is written.
#[derive(Clone, Copy, Debug)]
pub(super) enum Topic {
    Asking,
    Redirecting,
    Accepting,
    Declining,
    Cancelling,
    Reactivating,
    Postponing,
}

/// Something to write, or nothing: most people write little.
pub(super) fn words(draw: &mut Draw, topic: Topic, locale: Locale) -> String {
    let (often, fr, en): (i32, &[&str], &[&str]) = match topic {
        Topic::Asking => (45, ASKING_FR, ASKING_EN),
        Topic::Redirecting => (35, REDIRECTING_FR, REDIRECTING_EN),
        Topic::Accepting => (50, ACCEPTING_FR, ACCEPTING_EN),
        Topic::Declining => (80, DECLINING_FR, DECLINING_EN),
        Topic::Cancelling => (85, CANCELLING_FR, CANCELLING_EN),
        Topic::Reactivating => (100, REACTIVATING_FR, REACTIVATING_EN),
        Topic::Postponing => (100, POSTPONING_FR, POSTPONING_EN),
    };
    if !draw.chance(often) {
        return String::new();
    }
    let texts = if locale == Locale::Fr { fr } else { en };
    draw.pick(texts).to_owned()
}

/// A question of the school's and the host's word on it, each in the language of who speaks: the same for the same request.
pub(super) fn talk(request: usize, (school, host): (Locale, Locale)) -> (String, String) {
    let pick = |locale: Locale, (fr, en): (&[&str], &[&str])| {
        let texts = if locale == Locale::Fr { fr } else { en };
        texts[request % texts.len()].to_owned()
    };
    (pick(school, (QUESTIONS_FR, QUESTIONS_EN)), pick(host, (REPLIES_FR, REPLIES_EN)))
}

const QUESTIONS_FR: &[&str] = &[
    "Une étudiante arrivera deux jours plus tard que les autres. Est-ce un problème?",
    "L’enseignante peut-elle visiter l’unité la semaine d’avant?",
    "Y a-t-il un vestiaire pour le groupe?",
];

const QUESTIONS_EN: &[&str] = &[
    "One student will arrive two days after the others. Is that a problem?",
    "Could the instructor visit the unit the week before?",
    "Are there lockers for the group?",
];

const REPLIES_FR: &[&str] = &[
    "Pas de problème, l’unité en est avisée.",
    "Oui, avec plaisir : dites-nous quel jour.",
    "Oui, au sous-sol; apportez un cadenas.",
];

const REPLIES_EN: &[&str] = &[
    "No problem, the unit has been told.",
    "Yes, with pleasure: let us know which day.",
    "Yes, in the basement; bring a padlock.",
];

const ASKING_FR: &[&str] = &[
    "Même groupe que l’an dernier; l’enseignante connaît déjà l’unité.",
    "Merci de privilégier le quart de jour, les étudiants voyagent en autobus.",
    "Journée d’orientation souhaitée la veille du premier jour.",
    "Les vaccins et la formation RCR sont à jour pour tout le groupe.",
    "Une étudiante a besoin d’un poste de travail adapté. Nous en reparlerons par téléphone.",
    "Relâche du collège à la semaine 8 : pas de stage cette semaine-là.",
    "Objectifs :\n– évaluation clinique\n– plan thérapeutique infirmier\n– enseignement au patient",
    "Prévoir l’accès au dossier <b>avant</b> le 1er jour; \"carte d’accès\" & casier S.V.P. <script>alert('x')</script>",
];

const ASKING_EN: &[&str] = &[
    "Same instructor as last winter; she knows the unit well.",
    "Day shifts preferred, most students travel by public transit.",
    "Would an orientation the day before be possible?",
    "All immunizations and CPR certificates are up to date.",
    "Reading week in week 8: no clinical days.",
    "One student uses a hearing aid; please let us know if masks are required on the unit.",
    "Goals:\n- head-to-toe assessment\n- medication administration\n- patient teaching",
    "Chart access needed <b>before</b> day 1 - badges & lockers \"as usual\", please. O'Neil's group; 100% bilingual",
];

const REDIRECTING_FR: &[&str] = &[
    "Pouvez-vous les prendre? Le groupe précédent termine la semaine d’avant.",
    "L’école demande une réponse avant la fin du mois.",
    "Voir avec l’équipe si le quart de soir convient mieux.",
    "Premier stage de cette école chez vous.",
];

const REDIRECTING_EN: &[&str] = &[
    "Can you take them? The previous group leaves the week before.",
    "The school hopes for an answer by month end.",
    "Please check whether evenings would suit the team better.",
    "First placement of this school on your unit.",
];

const ACCEPTING_FR: &[&str] = &[
    "Avec plaisir. Prévoir l’arrivée à 7 h 15 au poste.",
    "D’accord; superviseur à confirmer deux semaines avant.",
    "Oui, si le groupe ne dépasse pas la capacité de l’unité.",
    "Bienvenue à toute l’équipe!",
];

const ACCEPTING_EN: &[&str] = &[
    "Happy to have them. Report to the nursing station at 7:15.",
    "Yes; preceptor to be named two weeks before.",
    "Fine, as long as the group stays within the unit’s capacity.",
    "We look forward to it!",
];

const DECLINING_FR: &[&str] = &[
    "Trois départs à la retraite cet automne : personne pour superviser.",
    "Deux autres groupes sont déjà sur l’unité ces semaines-là.",
    "L’unité déménage pendant les travaux du bloc opératoire.",
    "Les objectifs du cours demandent une clientèle que nous n’avons plus.",
    "Demande reçue trop tard pour libérer un superviseur.",
    "Éclosion en cours, nous ne savons pas encore quand elle sera levée.",
];

const DECLINING_EN: &[&str] = &[
    "Three retirements this term: nobody left to supervise.",
    "Two other groups are on the unit in those weeks.",
    "The unit moves while the operating rooms are being renovated.",
    "We no longer have the patients that this course needs.",
    "Too late to free a preceptor.",
    "Outbreak on the unit; we can’t say when it will be over.",
];

const CANCELLING_FR: &[&str] = &[
    "L’étudiant a abandonné le cours.",
    "Placé plus près de chez lui; merci quand même.",
    "Le cours ne sera pas offert, faute d’inscriptions.",
    "La superviseure part en congé; nous en sommes désolés.",
    "L’enseignant prévu n’est plus disponible.",
];

const CANCELLING_EN: &[&str] = &[
    "The student has withdrawn from the course.",
    "Placed closer to home; thank you all the same.",
    "The course will not run, for lack of students.",
    "The preceptor goes on leave; we are sorry.",
    "The instructor is no longer available.",
];

const REACTIVATING_FR: &[&str] =
    &["Annulée par erreur, nous en avons toujours besoin.", "Une remplaçante a été trouvée pour l’enseignement."];

const REACTIVATING_EN: &[&str] =
    &["Cancelled by mistake, we still need the place.", "Another instructor has been found."];

const POSTPONING_FR: &[&str] =
    &["Le trimestre commence plus tard que prévu.", "Mise à niveau RCR à terminer avant le stage."];

const POSTPONING_EN: &[&str] =
    &["The term starts later than planned.", "CPR renewal to be completed before the placement."];
