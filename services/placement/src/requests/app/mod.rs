//! Use cases by topic: load, domain transition, store, publish; what is the same in all of them is `change`. They run in the
//! caller's transaction.

mod answers;
mod change;
mod changes;
mod checks;
mod context;
mod dispatch;
mod drafts;
mod error;
mod facts;
mod fit;
mod lifecycle;
mod names;
mod publish;
mod reads;

use crate::requests::domain::Viewer;

pub(crate) use change::{check_read, keep, look, show, show_to_decide};
pub(crate) use checks::{check_fit, check_reason};
pub use context::Context;
pub use drafts::{Delete, Send};
pub use error::Error;
pub(crate) use fit::measured;
pub use lifecycle::{Confirm, Due, Release};
pub use publish::PUBLISHED;
pub(crate) use publish::change_told_by;
pub use reads::{Get, GetContacts, List, ListHistory, MarkSeen};

/// What somebody asks for, as one use case: the command that `wire` made of the message, and who asks in which role. What
/// changes a request implements `ChangeRequest`, the rest `UseCase` itself.
#[derive(Clone, Debug)]
pub struct By<C> {
    pub viewer: Viewer,
    pub command: C,
}
