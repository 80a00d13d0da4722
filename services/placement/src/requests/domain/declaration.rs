//! What is declared of an action.

use super::{EntryKind, ReasonUse, Role, Status};

/// One action, declared.
#[derive(Debug)]
pub struct Declaration {
    /// What people are offered, by its name in the contract; the clock and configuration are offered nothing.
    pub offered_as: Option<&'static str>,
    /// Who may, from which states. What is admitted here may still be refused for dates, origin or what was done before.
    pub admits: Admitted,
    /// The state that it leads to at first; none where the state stays.
    pub to: Option<Status>,
    /// The coded reason that goes with it.
    pub reason: ReasonNeed,
    /// What it leaves in the history: one entry; of several the one that is named like the state that it led to.
    pub leaves: &'static [EntryKind],
    /// Who reads of it.
    pub audience: Audience,
    /// Whether the receiving side has acted on the request by it.
    pub acted_on: ActedOn,
    /// From where by whom it is done for somebody who is not a user (nos. 9, 14, 16).
    pub on_behalf: Admitted,
}

/// States, each with the roles that something holds for there.
pub type Admitted = &'static [(&'static [Status], &'static [Role])];

/// Who reads of an action in the history, notices it, and is shown another version for it. The receiving side reads whatever
/// was done since the request reached it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Both sides.
    All,
    /// Both sides, but the words are the coordinator's to the agent.
    AllButWords,
    /// The receiving side alone: a destination's answer, until the agency has spoken.
    ReceivingSide,
}

/// Whether the receiving side has acted on a request by an action: from then on it is cancelled, not deleted (nos. 17, 18).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActedOn {
    /// It has not.
    Never,
    /// It has, or somebody has answered in its place.
    Always,
    /// The school may do the same.
    UnlessBySchool,
}

/// Whether a coded reason (domain §8) goes with an action, and what it must be meant for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReasonNeed {
    /// None is asked for.
    None,
    /// It may be given.
    Optional(ReasonUse),
    /// It must be given.
    Required(ReasonUse),
}
