//! What the page of a request is shown with besides the request.

use super::action_form::ActionForm;
use crate::{pages::actions::Action, ui::FormErrors};

/// What the address asks of the page.
#[derive(Clone, Debug, Default)]
pub(super) struct PageQuery {
    /// Which action is opened.
    pub(super) open: Option<&'static Action>,
    /// Where to go back to; empty for nowhere.
    pub(super) back: String,
    /// Which destinations are searched for.
    pub(super) query: String,
    /// Which destination is ticked.
    pub(super) destination_id: String,
}

/// A form that was refused.
pub(super) struct Attempt {
    pub(super) action: &'static Action,
    pub(super) form: ActionForm,
    pub(super) errors: FormErrors,
    /// Whether somebody else was faster.
    pub(super) stale: bool,
}
