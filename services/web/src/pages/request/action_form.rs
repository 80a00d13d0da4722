//! What people type into the form of an action.

use serde::Deserialize;

use crate::{pages::actions::Input, ui::Misfits};

/// What the forms of all actions hold.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ActionForm {
    pub(super) answer: String,
    pub(super) reason_code: String,
    pub(super) comment: String,
    pub(super) destination_id: String,
    pub(super) start_date: String,
    pub(super) end_date: String,
    pub(super) hours_per_student: String,
    /// There if it is ticked.
    pub(super) resubmit: Option<String>,
    /// What does not fit, if that is ticked.
    pub(super) despite: String,
    pub(super) etag: String,
    pub(super) request_id: String,
    /// The entry of the history that was the last on the page.
    pub(super) last_entry: String,
    pub(super) reference: String,
    pub(super) back: String,
}

impl ActionForm {
    /// What the action is done with.
    pub(super) fn input(&self, id: &str) -> Input {
        Input {
            id: id.to_owned(),
            etag: self.etag.clone(),
            request_id: self.request_id.clone(),
            reason_code: self.reason_code.clone(),
            comment: self.comment.clone(),
            destination_id: self.destination_id.clone(),
            start_date: self.start_date.clone(),
            end_date: self.end_date.clone(),
            hours_per_student: self.hours(),
            resubmit: self.resubmit.is_some(),
            despite_misfits: Misfits::ticked(&self.despite).numbers(),
            ..Input::default()
        }
    }

    /// What is no number is sent as one that cannot be, so that it is refused beside its field.
    fn hours(&self) -> Option<i32> {
        let typed = self.hours_per_student.trim();
        (!typed.is_empty()).then(|| typed.parse().unwrap_or(-1))
    }
}
