//! Staff records.

use kernel::{Fields, Invalid, Locale};
use proto::identity::v1 as pb;

use crate::people::domain::{
    self,
    person::{Card, NewPerson, Person, PersonEdit},
};

/// The fields that an update may change.
pub const CHANGEABLE: &[&str] = &["first_name", "last_name", "title", "email", "phone", "language", "active"];

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
    let first_name = line(&mut fields, "person.first_name", &person.first_name, NAME);
    let last_name = line(&mut fields, "person.last_name", &person.last_name, NAME);
    let title = line(&mut fields, "person.title", &person.title, TITLE);
    let email = email_of(&mut fields, person);
    let phone = line(&mut fields, "person.phone", &person.phone, PHONE);
    let language = language_of(&mut fields, person);
    fields.finish(|| {
        let card = Card {
            first_name: first_name?,
            last_name: last_name?,
            title: title?,
            email: email?,
            phone: phone?,
            language: language?,
        };
        Some(NewPerson { agency: agency?, card })
    })
}

/// Reads an edit of those fields that `changes` names.
///
/// # Errors
/// Every fault of the message.
pub fn parse_update(message: &pb::UpdatePersonRequest, changes: impl Fn(&str) -> bool) -> Result<PersonEdit, Invalid> {
    let none = pb::Person::default();
    let person = message.person.as_ref().unwrap_or(&none);
    let mut fields = Fields::default();
    let id = fields.id("person.id", &person.id);
    let etag = fields.etag("person.etag", &person.etag);
    let mut text = |field: &str, text: &str, characters| {
        let name = field.strip_prefix("person.").unwrap_or(field);
        changes(name).then(|| line(&mut fields, field, text, characters)).flatten()
    };
    let first_name = text("person.first_name", &person.first_name, NAME);
    let last_name = text("person.last_name", &person.last_name, NAME);
    let title = text("person.title", &person.title, TITLE);
    let phone = text("person.phone", &person.phone, PHONE);
    let email = changes("email").then(|| email_of(&mut fields, person)).flatten();
    let language = changes("language").then(|| language_of(&mut fields, person)).flatten();
    let active = changes("active").then_some(person.active);
    fields.finish(|| {
        Some(PersonEdit { id: id?, etag: etag?, first_name, last_name, title, email, phone, language, active })
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
    if domain::email::is_plausible(&email) {
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
        faults.iter().map(|FieldViolation { field, reason }| (field.as_str(), *reason)).collect()
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

    #[test]
    fn what_the_mask_does_not_name_is_not_looked_at() {
        let id = uuid::Uuid::from_u128(1).to_string();
        let person = pb::Person { id, title: "Infirmière".into(), ..pb::Person::default() };
        let message = pb::UpdatePersonRequest { person: Some(person), update_mask: None };
        let edit = parse_update(&message, |field| field == "title").expect("the rest may be empty");
        assert_eq!((edit.title.as_deref(), edit.first_name, edit.active), (Some("Infirmière"), None, None));
        assert!(parse_update(&message, |_| true).is_err());
    }
}
