//! What a cell says to those who hear it.

use super::cell::Count;
use crate::ui::Text;

/// The words of a cell, looked up once for all of them.
pub(crate) struct Words {
    of: String,
    pending: String,
    pub(super) closed: String,
}

impl Words {
    pub(crate) fn of(text: Text) -> Self {
        Self { of: text.t("occupancy-of"), pending: text.t("occupancy-pending"), closed: text.t("occupancy-closed") }
    }

    pub(super) fn say(&self, count: Count) -> String {
        use std::fmt::Write as _;
        let Count { accepted, pending, capacity, closed } = count;
        let mut said = format!("{accepted} {} {capacity}", self.of);
        if pending > 0 {
            let _ = write!(said, ", {pending} {}", self.pending);
        }
        if closed {
            let _ = write!(said, ", {}", self.closed);
        }
        said
    }
}
