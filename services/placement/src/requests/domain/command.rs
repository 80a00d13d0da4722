//! What callers ask for, parsed: `wire` makes these, `app` carries them out. An update is not among them: until it is laid over
//! what is stored it is a message (`wire::content`).

use kernel::{AgencyId, DestinationId, PlacementRequestId};

use super::{Content, Decision, Explanation, Misfit, NewDates, Refusal};

/// Which request, in which version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    pub id: PlacementRequestId,
    /// The version that was read; `None` takes whatever is stored.
    pub version: Option<i64>,
}

/// Nos. 1 and, for a quick entry, 2 to 4.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreateCommand {
    /// The school; only a quick entry names it, elsewhere it follows from the program.
    pub placing_agency: Option<AgencyId>,
    /// What is asked for.
    pub content: Content,
    /// The unit that is wished for.
    pub wish: Option<DestinationId>,
}

/// Nos. 5 and 6.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RedirectCommand {
    pub target: Target,
    /// The unit; `None` takes the one that the request names.
    pub destination: Option<DestinationId>,
    /// Words for the agent.
    pub comment: String,
}

/// Nos. 8, 9 and 12.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerAtDestinationCommand {
    pub target: Target,
    /// Yes or no.
    pub decision: Decision,
    /// Why it does not fit, as far as the one who says yes knows that.
    pub despite: Vec<Misfit>,
}

/// Nos. 9 to 11, 13 and 14.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerForAgencyCommand {
    pub target: Target,
    /// Yes or no.
    pub decision: Decision,
    /// Why it does not fit, as far as the one who says yes knows that.
    pub despite: Vec<Misfit>,
}

/// No. 17.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CancelCommand {
    pub target: Target,
    /// Why.
    pub refusal: Refusal,
}

/// No. 23.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReactivateCommand {
    pub target: Target,
    /// Words.
    pub comment: String,
}

/// No. 20.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostponeCommand {
    pub target: Target,
    pub to: NewDates,
    /// Whether it is pending again.
    pub resubmit: bool,
    /// Words.
    pub comment: String,
}

/// No. 21.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeDatesCommand {
    pub target: Target,
    pub to: NewDates,
    pub why: Explanation,
}

/// No. 22.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeDestinationCommand {
    pub target: Target,
    /// The other unit.
    pub destination: DestinationId,
}

/// Words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommentCommand {
    pub target: Target,
    /// At least one character.
    pub comment: String,
}
