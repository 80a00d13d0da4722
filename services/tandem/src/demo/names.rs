//! Names of people, as one meets them in Québec. Nobody in particular is meant.

use kernel::Locale;

use super::draw::Draw;

const FIRST_FR: &[&str] = &[
    "Annie", "Audrey", "Béatrice", "Camille", "Caroline", "Catherine", "Chantal", "Élodie", "Ève", "Fatima", "Geneviève",
    "Hélène", "Isabelle", "Josée", "Julie", "Kim", "Line", "Louise", "Maude", "Marie-Ève", "Mélanie", "Nathalie", "Noémie",
    "Rachida", "Sabrina", "Sophie", "Stéphanie", "Sylvie", "Thi-Lan", "Valérie", "Véronique", "Alexandre", "Antoine",
    "Benoît", "Charles-Olivier", "Daniel", "Éric", "François", "Guy", "Jean-Philippe", "Jonathan", "Karim", "Luc",
    "Mathieu", "Maxime", "Nicolas", "Olivier", "Pascal", "Rémi", "Samuel", "Simon", "Yves",
];

const LAST_FR: &[&str] = &[
    "Audet", "Beaulieu", "Bélanger", "Benali", "Bergeron", "Bouchard", "Boucher", "Caron", "Charbonneau", "Cloutier",
    "Côté", "D’Amours", "Desjardins", "Diallo", "Dubé", "Fortin", "Fournier", "Gagné", "Gagnon", "Gauthier", "Girard",
    "Haddad", "Jean-Baptiste", "Labelle", "Lachance", "Lafleur", "Landry", "Lavoie", "Lefebvre", "Leblanc", "Lessard",
    "L’Heureux", "Martel", "Michaud", "Morin", "Nadeau", "Nguyen", "Ouellet", "Paquette", "Pelletier", "Picard", "Poirier",
    "Proulx", "Rivard", "Roy", "Saint-Pierre", "Simard", "Thériault", "Tremblay", "Turcotte", "Vachon", "Vaillancourt",
];

const FIRST_EN: &[&str] = &[
    "Aisha", "Alison", "Andrea", "Brenda", "Claire", "Deborah", "Emily", "Grace", "Heather", "Jennifer", "Karen", "Linda",
    "Maya", "Olivia", "Priya", "Rachel", "Sandra", "Tara", "Andrew", "Brian", "Colin", "David", "Gordon", "Ian", "James",
    "Kevin", "Liam", "Michael", "Peter", "Raj", "Scott", "Thomas",
];

const LAST_EN: &[&str] = &[
    "Anderson", "Campbell", "Chen", "Cohen", "Diabo", "Evans", "Fraser", "Goldberg", "Hughes", "Johnson", "Kelly", "Khan",
    "MacLeod", "McGregor", "Mitchell", "Murphy", "O’Connor", "Patel", "Reid", "Robertson", "Singh", "Smith", "Stewart",
    "Sullivan", "Thompson", "Walsh", "Wilson", "Wong",
];

/// Given and family name of somebody who speaks a language.
pub(super) fn somebody(draw: &mut Draw, locale: Locale) -> (&'static str, &'static str) {
    let (first, last) = match locale {
        Locale::Fr => (FIRST_FR, LAST_FR),
        Locale::En => (FIRST_EN, LAST_EN),
    };
    (draw.pick(first), draw.pick(last))
}
