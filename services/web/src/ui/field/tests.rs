use kernel::Locale;

use super::*;

#[derive(Clone, Debug, Default, PartialEq)]
struct Unit {
    name: String,
    note: String,
    places: i32,
    weeks: i32,
    initial: Option<char>,
    open: bool,
    shifts: Vec<i32>,
}

const FIELDS: &[Field<Unit>] = &[
    Field::text("name", "places-name", |u| &mut u.name),
    Field::<Unit>::text("note_fr", "places-note", |u| &mut u.note).part_of("note"),
    Field::number("places", "places-capacity", |u| &mut u.places),
    Field::count("weeks", "places-notice", |u| &mut u.weeks),
    Field::written(
        "initial",
        "places-name",
        |u| u.initial.iter().map(ToString::to_string).collect(),
        |u, typed| {
            u.initial = typed.chars().next();
        },
    ),
    Field::flag("open", "places-active", |u| &mut u.open),
    Field::codes("shifts", "places-shifts", |u| &mut u.shifts),
];

#[test]
fn what_a_form_shows_is_what_it_sends_back() {
    let unit = Unit {
        name: "4 Ouest".into(),
        note: "Deux\nlignes".into(),
        places: 8,
        weeks: 2,
        initial: Some('O'),
        open: true,
        shifts: vec![1, 3],
    };
    let mut errors = FormErrors::default();
    let values = Values::of(FIELDS, &unit);
    assert_eq!(values.message(FIELDS, Unit::default(), &mut errors, Text(Locale::Fr)), unit);
    assert!(errors.is_empty());
    assert_eq!(mask(FIELDS).paths, ["name", "note", "places", "weeks", "initial", "open", "shifts"]);
}

#[test]
fn what_is_typed_is_tidied_and_what_is_no_number_is_an_error() {
    let typed = [("name", " 4 Ouest "), ("note_fr", "Un\r\ndeux\r\n"), ("places", "many")];
    let values = Values::from(typed.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec());
    let mut errors = FormErrors::default();
    let unit = values.message(FIELDS, Unit { open: true, ..Unit::default() }, &mut errors, Text(Locale::En));
    assert_eq!((&*unit.name, &*unit.note, unit.open), ("4 Ouest", "Un\ndeux", false));
    assert!(errors.at("places").is_some() && errors.at("name").is_none());
}

#[test]
fn a_count_of_nothing_is_not_written_and_what_is_none_is_left_to_the_service() {
    let weeks = |typed: &str| {
        let values = Values::default().with("weeks", typed);
        values.message(FIELDS, Unit::default(), &mut FormErrors::default(), Text(Locale::En)).weeks
    };
    assert_eq!(["", " 2 ", "many"].map(weeks), [0, 2, -1]);
    assert_eq!(Values::of(FIELDS, &Unit::default()).all("weeks").count(), 0);
}
