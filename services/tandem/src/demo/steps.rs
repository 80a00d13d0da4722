//! What happens to requests, one act after the other.

use directory::model::Role;
use jiff::Timestamp;
use proto::placement::v1::{Kind, Weekday};

use super::world::Days;

/// Somebody's act at an instant.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) at: Timestamp,
    /// The request that it is about, by its number in the demonstration.
    pub(super) request: usize,
    /// Where it is received.
    pub(super) site: usize,
    /// Who, in which role; nobody where a mailed link acts.
    pub(super) who: Option<(usize, Role)>,
    pub(super) action: Action,
}

/// Acts.
#[derive(Clone, Debug)]
pub(super) enum Action {
    Create(Box<Content>),
    Delete,
    Send,
    /// The day has come on which what is held goes out by itself; whose it is watches.
    Release,
    Redirect {
        unit: usize,
        comment: String,
    },
    AnswerAtDestination(Answer),
    /// The same by the link in the mail.
    AnswerByLink(Answer),
    AnswerForAgency(Answer),
    Confirm,
    Cancel {
        reason: &'static str,
        comment: String,
    },
    Reactivate {
        comment: String,
    },
    Postpone {
        days: Days,
        resubmit: bool,
        comment: String,
    },
    ChangeDates {
        days: Days,
    },
    ChangeDestination {
        unit: usize,
    },
    Comment {
        comment: String,
    },
}

/// Yes or no.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub(super) accept: bool,
    /// May be empty for a yes.
    pub(super) reason: &'static str,
    pub(super) comment: String,
}

/// What a request asks for.
#[derive(Clone, Debug)]
pub(super) struct Content {
    pub(super) program: usize,
    pub(super) course: usize,
    /// Where it will go; asked for by name only if `wish` is set.
    pub(super) unit: usize,
    pub(super) wish: bool,
    pub(super) kind: Kind,
    pub(super) students: i32,
    pub(super) days: Days,
    pub(super) weekdays: &'static [Weekday],
    pub(super) shift: &'static str,
    pub(super) comment: String,
    pub(super) held: bool,
}
