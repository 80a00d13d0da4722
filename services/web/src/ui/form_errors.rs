//! What is wrong with a form, beside the fields that it concerns.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use tonic::{Code, Status};
use tonic_types::StatusExt as _;

use super::{text::Text, user_message};

/// Errors by field, and what concerns the form as a whole. Nothing that was typed is lost: the form is shown again with it.
#[derive(Clone, Debug, Default)]
pub(crate) struct FormErrors {
    fields: BTreeMap<String, String>,
    whole: Option<String>,
}

impl FormErrors {
    /// What an answer says of a form; the status itself where the form is not the cause.
    pub(crate) fn of(status: Status) -> Result<Self, Status> {
        if !matches!(
            status.code(),
            Code::InvalidArgument | Code::FailedPrecondition | Code::Aborted | Code::AlreadyExists
        ) {
            return Err(status);
        }
        let violations = status.get_details_bad_request().map(|b| b.field_violations).unwrap_or_default();
        if violations.is_empty() {
            return Ok(Self::whole(user_message::message(&status)));
        }
        let mut errors = Self::default();
        violations.into_iter().for_each(|violation| errors.add(&field(&violation.field), violation.description));
        Ok(errors)
    }

    /// The same of a form that changes what others may change too: what was typed stands, and is saved over it when sent again.
    pub(crate) fn of_change(status: Status, text: Text) -> Result<Self, Status> {
        if is_stale(&status) { Ok(Self::whole(text.t("places-stale"))) } else { Self::of(status) }
    }

    /// What was wrong with such a form, where it is shown again.
    pub(crate) fn again(refusal: Option<Status>, text: Text) -> Result<Self, Status> {
        refusal.map(|status| Self::of_change(status, text)).transpose().map(Option::unwrap_or_default)
    }

    pub(crate) fn whole(message: String) -> Self {
        Self { fields: BTreeMap::new(), whole: Some(message) }
    }

    pub(crate) fn add(&mut self, field: &str, message: String) {
        self.fields.insert(field.to_owned(), message);
    }

    /// A whole number that was typed; 0 where none was, or where it is none.
    pub(crate) fn number(&mut self, field: &str, typed: &str, text: Text) -> i32 {
        let typed = typed.trim();
        if typed.is_empty() {
            return 0;
        }
        typed.parse().unwrap_or_else(|_| {
            self.add(field, text.t("places-not-a-number"));
            0
        })
    }

    /// What is wrong with a field, by the name that it has in the form.
    pub(crate) fn at(&self, field: &str) -> Option<&str> {
        self.fields.get(field).map(String::as_str)
    }

    /// What is wrong with the form as a whole.
    pub(crate) fn of_form(&self) -> Option<&str> {
        self.whole.as_deref()
    }

    /// Errors of fields that the form does not show.
    pub(crate) fn others(&self, shown: &[&str]) -> Vec<&str> {
        self.fields.iter().filter(|(field, _)| !shown.contains(&field.as_str())).map(|(_, m)| m.as_str()).collect()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.fields.is_empty() && self.whole.is_none()
    }

    /// The status of a page with such a form: whether all is well with it, a field is wrong, or the whole does not fit any more.
    pub(crate) fn status_code(&self) -> StatusCode {
        match () {
            () if self.is_empty() => StatusCode::OK,
            () if self.whole.is_some() => StatusCode::CONFLICT,
            () => StatusCode::BAD_REQUEST,
        }
    }
}

/// Whether somebody else has changed what a form is about since it was read.
pub(crate) fn is_stale(status: &Status) -> bool {
    user_message::reason(status) == "STALE_ETAG"
}

/// As forms call it: `description_fr` of `destination.description.fr`, `service_ids` of `destination.service_ids[1]`.
fn field(path: &str) -> String {
    let path = path.split_once('.').map_or(path, |(_, rest)| rest);
    let path = path.split_once('[').map_or(path, |(list, _)| list);
    path.replace('.', "_")
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
    fn what_is_no_number_is_an_error_of_its_field() {
        let mut errors = FormErrors::default();
        assert_eq!(errors.number("capacity", " 12 ", Text(Locale::En)), 12);
        assert_eq!(errors.number("capacity", "", Text(Locale::En)), 0);
        assert!(errors.is_empty());
        errors.number("capacity", "many", Text(Locale::En));
        assert!(errors.at("capacity").is_some());
    }
}
