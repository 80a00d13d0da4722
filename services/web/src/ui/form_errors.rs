//! What is wrong with a form, beside the fields that it concerns.

use std::collections::BTreeMap;

use tonic::{Code, Status};
use tonic_types::StatusExt as _;

use super::user_message;

/// FormErrors by field, and what concerns the form as a whole. Nothing that was typed is lost: the form is shown again with it.
#[derive(Clone, Debug, Default)]
pub(crate) struct FormErrors {
    fields: BTreeMap<String, String>,
    whole: Option<String>,
}

impl FormErrors {
    /// What an answer says of a form; the status itself where the form is not the cause.
    ///
    /// # Errors
    /// The status, if its page is not the form's.
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
        let last = |path: &str| path.rsplit('.').next().unwrap_or_default().to_owned();
        Ok(Self { fields: violations.into_iter().map(|v| (last(&v.field), v.description)).collect(), whole: None })
    }

    /// One error of the form as a whole.
    pub(crate) fn whole(message: String) -> Self {
        Self { fields: BTreeMap::new(), whole: Some(message) }
    }

    /// One more error.
    pub(crate) fn add(&mut self, field: &str, message: String) {
        self.fields.insert(field.to_owned(), message);
    }

    /// What is wrong with a field, by the name that it has in the contract.
    pub(crate) fn at(&self, field: &str) -> Option<&str> {
        self.fields.get(field).map(String::as_str)
    }

    /// What is wrong with the form as a whole.
    pub(crate) fn of_form(&self) -> Option<&str> {
        self.whole.as_deref()
    }

    /// FormErrors of fields that the form does not show.
    pub(crate) fn others(&self, shown: &[&str]) -> Vec<&str> {
        self.fields.iter().filter(|(field, _)| !shown.contains(&field.as_str())).map(|(_, m)| m.as_str()).collect()
    }

    /// Whether all is well.
    pub(crate) fn is_empty(&self) -> bool {
        self.fields.is_empty() && self.whole.is_none()
    }
}
