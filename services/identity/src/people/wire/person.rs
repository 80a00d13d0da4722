//! Staff records.

use chassis::mask::Mask;
use kernel::{Fields, Invalid, Locale, PersonId};
use proto::identity::v1 as pb;

use crate::people::domain::{
    self,
    person::{Card, NewPerson, Person},
};

chassis::overlay!(pb::Person { first_name, last_name, title, email, phone, language, active });

const NAME: std::ops::RangeInclusive<usize> = 1..=80;
const TITLE: std::ops::RangeInclusive<usize> = 0..=80;
const PHONE: std::ops::RangeInclusive<usize> = 0..=40;

/// A staff record as contracts hold it.
#[must_use]
pub fn to_proto(person: &Person) -> pb::Person {
    pb::Person {
        id: person.id.to_string(),
        agency_id: person.agency.map(|id| id.to_string()).unwrap_or_default(),
        first_name: person.card.first_name.clone(),
        last_name: person.card.last_name.clone(),
        title: person.card.title.clone(),
        email: person.card.email.clone(),
        phone: person.card.phone.clone(),
        language: person.card.language.code().to_owned(),
        active: person.active,
        etag: person.version.to_string(),
    }
}

/// Reads a new staff record.
///
/// # Errors
/// Every fault of the message.
pub fn parse_create(message: &pb::CreatePersonRequest) -> Result<NewPerson, Invalid> {
    let none = pb::Person::default();
    let person = message.person.as_ref().unwrap_or(&none);
    let mut fields = Fields::default();
    let agency = fields.id("person.agency_id", &person.agency_id);
    let card = card(&mut fields, person);
    fields.finish(|| Some(NewPerson { agency: agency?, card: card? }))
}

/// Whose record an update is about, and the version that was read, if the caller insists on it.
///
/// # Errors
/// Every fault of the two.
pub fn parse_target(person: &pb::Person) -> Result<(PersonId, Option<i64>), Invalid> {
    let mut fields = Fields::default();
    let id = fields.id("person.id", &person.id);
    let etag = fields.etag("person.etag", &person.etag);
    fields.finish(|| Some((id?, etag?)))
}

/// What becomes of a record when the fields of the mask are laid over it.
///
/// # Errors
/// Every fault of the result.
pub fn merge(before: &Person, message: &pb::Person, mask: &Mask) -> Result<(Card, bool), Invalid> {
    let mut merged = to_proto(before);
    overlay(&mut merged, message, mask);
    let mut fields = Fields::default();
    let card = card(&mut fields, &merged);
    fields.finish(|| Some((card?, merged.active)))
}

fn card(fields: &mut Fields, person: &pb::Person) -> Option<Card> {
    let first_name = line(fields, "person.first_name", &person.first_name, NAME);
    let last_name = line(fields, "person.last_name", &person.last_name, NAME);
    let title = line(fields, "person.title", &person.title, TITLE);
    let email = email_of(fields, person);
    let phone = line(fields, "person.phone", &person.phone, PHONE);
    let language = language_of(fields, person);
    Some(Card {
        first_name: first_name?,
        last_name: last_name?,
        title: title?,
        email: email?,
        phone: phone?,
        language: language?,
    })
}

/// A text of one line: names go into the headers of mails.
fn line(fields: &mut Fields, field: &str, text: &str, characters: std::ops::RangeInclusive<usize>) -> Option<String> {
    let line = fields.text(field, text, characters)?;
    if line.chars().any(char::is_control) {
        fields.fault(field, "CONTROL_CHARACTER");
        return None;
    }
    Some(line)
}

fn email_of(fields: &mut Fields, person: &pb::Person) -> Option<String> {
    let email = fields.text("person.email", &person.email, 1..=254)?;
    if domain::email::is_mailable(&email) {
        return Some(email);
    }
    fields.fault("person.email", "MALFORMED_EMAIL");
    None
}

fn language_of(fields: &mut Fields, person: &pb::Person) -> Option<Locale> {
    let fault = match person.language.parse() {
        Ok(language) => return Some(language),
        Err(_) if person.language.is_empty() => "REQUIRED",
        Err(_) => "UNKNOWN_LANGUAGE",
    };
    fields.fault("person.language", fault);
    None
}

#[cfg(test)]
mod tests {
    use kernel::FieldViolation;

    use super::*;

    fn faults(Invalid(faults): &Invalid) -> Vec<(&str, &str)> {
        faults.iter().map(|FieldViolation { field, reason, .. }| (field.as_str(), *reason)).collect()
    }

    #[test]
    fn every_fault_of_a_new_record_is_told() {
        let person = pb::Person {
            agency_id: "here".into(),
            last_name: "x".repeat(81),
            title: "Infirmière\nchef".into(),
            email: "nobody@localhost".into(),
            phone: "5".repeat(41),
            language: "de".into(),
            ..pb::Person::default()
        };
        let message = pb::CreatePersonRequest { person: Some(person), request_id: String::new() };
        assert_eq!(
            faults(&parse_create(&message).expect_err("seven faults")),
            [
                ("person.agency_id", "MALFORMED_ID"),
                ("person.first_name", "REQUIRED"),
                ("person.last_name", "TOO_LONG"),
                ("person.title", "CONTROL_CHARACTER"),
                ("person.email", "MALFORMED_EMAIL"),
                ("person.phone", "TOO_LONG"),
                ("person.language", "UNKNOWN_LANGUAGE"),
            ]
        );
    }

    fn stored() -> Person {
        let card = Card {
            first_name: "Ève".into(),
            last_name: "Roy".into(),
            title: String::new(),
            email: "eve@example.ca".into(),
            phone: String::new(),
            language: Locale::Fr,
        };
        let updated_at = jiff::Timestamp::UNIX_EPOCH;
        Person { id: uuid::Uuid::from_u128(1).into(), agency: None, card, active: true, version: 4, updated_at }
    }

    #[test]
    fn what_the_mask_does_not_name_stays() {
        let message = pb::Person { title: "Infirmière".into(), ..pb::Person::default() };
        let title = prost_types::FieldMask { paths: vec!["title".into()] };
        let mask = Mask::new(&Some(title), CHANGEABLE).expect("may be changed");
        let card = Card { title: "Infirmière".into(), ..stored().card };
        assert_eq!(merge(&stored(), &message, &mask), Ok((card, true)));
        let all = Mask::new(&None, CHANGEABLE).expect("all may be changed");
        assert!(merge(&stored(), &message, &all).is_err(), "the names are missing");
    }
}
