//! What is wrong with a form about a place.

use axum::http::StatusCode;
use tonic::Status;
use tonic_types::StatusExt as _;

use crate::ui::{FormErrors, Text, user_message};

/// Whether somebody else has changed what the form is about since it was read.
pub(crate) fn is_stale(status: &Status) -> bool {
    user_message::reason(status) == "STALE_ETAG"
}

/// The status of a page with a form: whether all is well with it, a field is wrong, or the whole does not fit any more.
pub(crate) fn status_code(errors: &FormErrors) -> StatusCode {
    match () {
        () if errors.is_empty() => StatusCode::OK,
        () if errors.of_form().is_some() => StatusCode::CONFLICT,
        () => StatusCode::BAD_REQUEST,
    }
}

/// What an answer says of a form. Fields of both languages are told apart: `description_fr` is `destination.description.fr`
/// of the contract. Somebody else's change is explained: what was typed stands, and is saved over it when sent again.
///
/// # Errors
/// The status, if its page is not the form's.
pub(crate) fn of(status: Status, text: Text) -> Result<FormErrors, Status> {
    let violations = status.get_details_bad_request().map(|b| b.field_violations).unwrap_or_default();
    if is_stale(&status) {
        return Ok(FormErrors::whole(text.t("places-stale")));
    }
    let errors = FormErrors::of(status)?;
    if violations.is_empty() {
        return Ok(errors);
    }
    let mut errors = FormErrors::default();
    for violation in violations {
        errors.add(&field(&violation.field), violation.description);
    }
    Ok(errors)
}

/// What was wrong with a form, said again where it is shown again.
///
/// # Errors
/// The status, if its page is not the form's.
pub(crate) fn again(refusal: Option<Status>, text: Text) -> Result<FormErrors, Status> {
    refusal.map(|status| of(status, text)).transpose().map(Option::unwrap_or_default)
}

/// `description_fr` of `destination.description.fr`, `service_ids` of `destination.service_ids[1]`.
fn field(path: &str) -> String {
    let path = path.split_once('.').map_or(path, |(_, rest)| rest);
    let path = path.split_once('[').map_or(path, |(list, _)| list);
    path.replace('.', "_")
}

/// A whole number that was typed.
pub(crate) fn number(typed: &str, name: &str, errors: &mut FormErrors, text: Text) -> i32 {
    let typed = typed.trim();
    if typed.is_empty() {
        return 0;
    }
    typed.parse().unwrap_or_else(|_| {
        errors.add(name, text.t("places-not-a-number"));
        0
    })
}

#[cfg(test)]
mod tests {
    use kernel::Locale;

    use super::*;

    #[test]
    fn fields_are_named_as_the_form_names_them() {
        assert_eq!(field("destination.name"), "name");
        assert_eq!(field("destination.description.fr"), "description_fr");
        assert_eq!(field("destination.service_ids[1]"), "service_ids");
        assert_eq!(field("end_date"), "end_date");
    }

    #[test]
    fn what_is_no_number_is_a_fault_of_its_field() {
        let mut errors = FormErrors::default();
        assert_eq!(number(" 12 ", "capacity", &mut errors, Text(Locale::En)), 12);
        assert_eq!(number("", "capacity", &mut errors, Text(Locale::En)), 0);
        assert!(errors.is_empty());
        number("many", "capacity", &mut errors, Text(Locale::En));
        assert!(errors.at("capacity").is_some());
    }
}
