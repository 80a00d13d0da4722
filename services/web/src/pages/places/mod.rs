//! Sites, services and destinations: browsed, found, described, kept (domain §5).

mod affected;
pub(crate) mod browse;
mod browse_file;
mod closing;
mod closures;
mod destination;
mod destination_form;
mod find;
mod history;
pub(crate) mod read;
mod rights;
mod service;
mod service_form;
mod site;
mod slips;

use axum::{Router, routing::get};
use kernel::ErrorKind;
use proto::{
    configuration::v1::Shift,
    identity::v1::{BusinessCard, Person},
};

use crate::{
    Pages,
    failure::Trouble,
    text::{Text, plain},
};

/// The rooms of places.
pub(crate) fn routes() -> Router<Pages> {
    Router::new()
        .route("/places", get(browse::show))
        .route("/places.csv", get(browse_file::export))
        .route("/places/find", get(find::show))
        .route("/places/sites/{id}", get(site::show))
        .route("/places/sites/{id}/services/new", get(service_form::begin).post(service_form::create))
        .route("/places/sites/{id}/destinations/new", get(destination_form::begin).post(destination_form::create))
        .route("/places/services/{id}", get(service::show))
        .route("/places/services/{id}/edit", get(service_form::edit).post(service_form::save))
        .route("/places/destinations/{id}", get(destination::show))
        .route("/places/destinations/{id}/edit", get(destination_form::edit).post(destination_form::save))
        .route("/places/closures/new", get(closing::begin).post(closing::create))
        .route("/places/closures/{id}", get(closing::edit).post(closing::save))
}

/// Whom one can turn to, as far as the reader may know.
pub(crate) struct Contact {
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) email: String,
    pub(crate) phone: String,
}

impl From<&BusinessCard> for Contact {
    fn from(card: &BusinessCard) -> Self {
        let card = card.clone();
        Self { name: card.name, title: card.title, email: card.email, phone: card.phone }
    }
}

/// Something to choose.
pub(crate) struct Choice {
    pub(crate) value: String,
    pub(crate) label: String,
    pub(crate) chosen: bool,
}

/// When students may come, in words.
pub(crate) fn shifts(text: Text, shifts: &[i32]) -> String {
    let names = shifts.iter().filter_map(|n| Shift::try_from(*n).ok()).map(|s| shift(text, s));
    names.collect::<Vec<_>>().join(", ")
}

/// What kind of facility a site is. Kinds of the open data that sites are imported from have a name in both languages; others
/// are shown as they were written.
pub(crate) fn facility(text: Text, kind: &str) -> String {
    match kind.to_lowercase().as_str() {
        "ambulatory health care services" => text.t("places-kind-ambulatory"),
        "hospitals" => text.t("places-kind-hospital"),
        "nursing and residential care facilities" => text.t("places-kind-residential"),
        _ => kind.to_owned(),
    }
}

fn shift(text: Text, shift: Shift) -> String {
    text.t(&format!("places-shift-{}", plain(shift.as_str_name(), "SHIFT_")))
}

/// The page for those who may look and not change.
fn not_theirs() -> Trouble {
    Trouble::own(ErrorKind::Forbidden, "places-not-yours")
}

/// People of an agency to choose from. Whoever is chosen stays a choice, even where the list does not hold them.
fn people(people: Vec<Person>, chosen: &str) -> Vec<Choice> {
    let mut choices: Vec<_> = people
        .into_iter()
        .map(|person| Choice {
            label: format!("{}, {}", person.last_name, person.first_name),
            chosen: person.id == chosen,
            value: person.id,
        })
        .collect();
    if !chosen.is_empty() && !choices.iter().any(|choice| choice.chosen) {
        choices.push(Choice { value: chosen.to_owned(), label: "…".to_owned(), chosen: true });
    }
    choices
}

#[cfg(test)]
mod tests {
    use kernel::Locale;

    use super::*;

    #[test]
    fn kinds_of_the_open_data_are_named_in_both_languages_and_others_as_written() {
        let both = |kind| Locale::ALL.map(|locale| facility(Text(locale), kind));
        let [one, other] = both("Ambulatory health care services");
        assert_ne!(one, other);
        assert_eq!(both("nursing and residential care facilities"), both("Nursing and residential care facilities"));
        assert_eq!(both("Maison de naissance"), ["Maison de naissance"; 2]);
    }
}
