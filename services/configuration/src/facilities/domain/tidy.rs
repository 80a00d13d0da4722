//! Tidy capitals for names that a source wrote in capitals or in small letters alone: `CHSLD DE L'ANNONCIATION` becomes
//! `CHSLD de l'Annonciation`. A name that has both kinds of letters is left as its author wrote it.

use kernel::fold;

/// Written in capitals wherever they stand.
const ACRONYMS: [&str; 32] = [
    "CASIS", "CH", "CHAU", "CHAUR", "CHRTR", "CHSGS", "CHSLD", "CHPSY", "CHU", "CHUL", "CHUM", "CHUS", "CISSS",
    "CIUSSS", "CLSC", "CMC", "CR", "CRD", "CRDI", "CRDITED", "CRDP", "CRJDA", "CRSSS", "CSSS", "CUSM", "GMF", "MRC",
    "MSDC", "NE", "NW", "SE", "SW",
];

/// Small words of both languages, written small inside a name.
const PARTICLES: [&str; 30] = [
    "a", "and", "at", "au", "aux", "d", "dans", "de", "des", "du", "en", "et", "for", "in", "l", "la", "le", "les",
    "of", "on", "ou", "par", "pour", "qu", "sans", "sous", "sur", "the", "to", "vers",
];

/// Particles that show that a name is French, whose common nouns are written small.
const FRENCH: [&str; 14] = ["a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "pour"];

/// Common nouns and adjectives of French facility names, without accents, since sources drop those of capitals.
const COMMON: [&str; 69] = [
    "accueil",
    "activite",
    "activites",
    "adaptation",
    "adolescents",
    "adultes",
    "aines",
    "ambulatoire",
    "ambulatoires",
    "atelier",
    "autisme",
    "centre",
    "clinique",
    "communautaire",
    "consultations",
    "courte",
    "deficience",
    "dependance",
    "developpement",
    "difficulte",
    "difficultes",
    "duree",
    "enfants",
    "externe",
    "externes",
    "famille",
    "foyer",
    "general",
    "geriatrique",
    "groupe",
    "hebergement",
    "hopital",
    "hospitalier",
    "hospitaliers",
    "institut",
    "integration",
    "intellectuelle",
    "jeunes",
    "jeunesse",
    "jour",
    "longue",
    "medecine",
    "mental",
    "mentale",
    "meres",
    "motrice",
    "multiservices",
    "pavillon",
    "personnes",
    "physique",
    "point",
    "programme",
    "protection",
    "psychiatrique",
    "psychiatriques",
    "readaptation",
    "regional",
    "sante",
    "service",
    "services",
    "siege",
    "social",
    "sociaux",
    "soins",
    "spectre",
    "trouble",
    "troubles",
    "universitaire",
    "travail",
];

/// What is being named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Naming {
    /// A facility, whose French name may hold common nouns.
    Facility,
    /// A street or a town: every word is a proper name.
    Place,
}

/// The name with one space between words and tidy capitals.
#[must_use]
pub fn tidy(text: &str, naming: Naming) -> String {
    let text = squeeze(text);
    if text.chars().any(char::is_lowercase) && text.chars().any(char::is_uppercase) {
        return text;
    }
    let words = words(&text);
    let french = naming == Naming::Facility && words.iter().any(|w| FRENCH.contains(&w.folded.as_str()));
    let mut out = String::with_capacity(text.len());
    let mut end = 0;
    for (i, word) in words.iter().enumerate() {
        out.push_str(&text[end..word.start]);
        end = word.start + word.text.len();
        let next = words.get(i + 1).map_or(&text[end..], |next| &text[end..next.start]);
        let before = &text[if i == 0 { 0 } else { words[i - 1].end() }..word.start];
        out.push_str(&word.cased(before, next, i == 0, french));
    }
    out.push_str(&text[end..]);
    out
}

/// Every run of white space, the unbreakable kind too, becomes one space; none at the ends.
#[must_use]
pub fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

struct Word<'a> {
    start: usize,
    text: &'a str,
    folded: String,
}

fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut start = None;
    for (i, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (c.is_alphabetic(), start) {
            (true, None) => start = Some(i),
            (false, Some(from)) => {
                words.push(Word { start: from, text: &text[from..i], folded: fold(&text[from..i]) });
                start = None;
            }
            _ => {}
        }
    }
    words
}

impl Word<'_> {
    const fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// The word as it is to be written, between what stands before and behind it.
    fn cased(&self, before: &str, next: &str, first: bool, french: bool) -> String {
        let upper = self.text.to_uppercase();
        if ACRONYMS.contains(&upper.as_str()) || is_roman(&upper) {
            return upper;
        }
        let small = self.text.to_lowercase();
        let begins = first || before == " - " || before.trim_end().ends_with(['—', '(', ':']);
        let after_apostrophe = before.ends_with(['\'', '’']);
        let (joined_before, joined_behind) = (before == "-", next == "-");
        let is_possessive = after_apostrophe && small == "s";
        let is_ordinal = before.ends_with(|c: char| c.is_ascii_digit());
        if is_possessive || is_ordinal {
            return small;
        }
        let is_initial = next.starts_with('.') && small.chars().count() == 1;
        let is_particle = PARTICLES.contains(&self.folded.as_str()) && !is_initial;
        let is_common = french && !joined_before && !joined_behind && COMMON.contains(&self.folded.as_str());
        // A compound name begins with a capital even where it begins with an article: La-Sarre.
        let begins_compound = joined_behind && !joined_before && !after_apostrophe;
        if !begins && (is_common || is_particle && !begins_compound) {
            return small;
        }
        capitalised(&small)
    }
}

fn is_roman(upper: &str) -> bool {
    upper.len() > 1 && upper.chars().all(|c| "IVX".contains(c))
}

/// `mcgill` becomes `McGill`.
fn capitalised(small: &str) -> String {
    match small.strip_prefix("mc") {
        Some(rest) if rest.len() > 2 => format!("Mc{}", with_capital(rest)),
        _ => with_capital(small),
    }
}

fn with_capital(small: &str) -> String {
    let mut letters = small.chars();
    letters.next().map(|c| c.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facility_names_have_tidy_capitals() {
        for (untidy, neat) in [
            ("chsld de l'annonciation", "CHSLD de l'Annonciation"),
            ("CENTRE D'HÉBERGEMENT DE SAINTE-ÉLISABETH", "Centre d'hébergement de Sainte-Élisabeth"),
            (
                "GROUPE DE MÉDECINE DE FAMILLE UNIVERSITAIRE SACRÉ-CŒUR",
                "Groupe de médecine de famille universitaire Sacré-Cœur",
            ),
            ("CISSS DE L'OUTAOUAIS — HÔPITAL DE HULL", "CISSS de l'Outaouais — Hôpital de Hull"),
            ("FOYER DE GROUPE J.-O. ROUSSIN", "Foyer de groupe J.-O. Roussin"),
            ("CLSC DE L’ÉPIPHANIE", "CLSC de l’Épiphanie"),
            ("HÔPITAL DE VAL-D'OR", "Hôpital de Val-d'Or"),
            ("CLSC JEAN-XXIII", "CLSC Jean-XXIII"),
            ("MCGILL UNIVERSITY HEALTH CENTRE", "McGill University Health Centre"),
            ("SHRINERS HOSPITAL FOR CHILDREN", "Shriners Hospital for Children"),
            ("ST. MARY'S HOSPITAL", "St. Mary's Hospital"),
            ("CENTRE D'HEBERGEMENT CHAMPLAIN - CHANOINE-AUDET", "Centre d'hebergement Champlain - Chanoine-Audet"),
            ("FOYER  DU\u{a0}PARC ", "Foyer du Parc"),
        ] {
            assert_eq!(tidy(untidy, Naming::Facility), neat);
        }
    }

    #[test]
    fn a_name_with_both_kinds_of_letters_is_its_authors_business() {
        assert_eq!(tidy("CHU de Québec–Université LAVAL", Naming::Facility), "CHU de Québec–Université LAVAL");
    }

    #[test]
    fn places_are_proper_names() {
        for (untidy, neat) in [
            ("saint-jean-sur-richelieu", "Saint-Jean-sur-Richelieu"),
            ("l'assomption", "L'Assomption"),
            ("les îles-de-la-madeleine", "Les Îles-de-la-Madeleine"),
            ("la sarre", "La Sarre"),
        ] {
            assert_eq!(tidy(untidy, Naming::Place), neat);
        }
    }

    #[test]
    fn tidying_again_changes_nothing() {
        for name in ["CHSLD ET CLSC DE SAINTE-CLAIRE", "l'islet", "CH - CHSLD - CLSC CLÉOPHAS-CLAVEAU"] {
            let once = tidy(name, Naming::Facility);
            assert_eq!(tidy(&once, Naming::Facility), once);
        }
    }
}
