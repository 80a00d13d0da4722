//! Use cases by topic: load, domain transition, store, publish. They run in the caller's transaction.

mod answers;
mod changes;
mod context;
mod dispatch;
mod drafts;
mod error;
mod facts;
mod lifecycle;
mod names;
mod publish;
mod reads;
mod support;

use crate::requests::domain::Viewer;

pub use context::Context;
pub use drafts::{Delete, Send};
pub use error::Error;
pub use lifecycle::{Confirm, Due, Release};
pub use publish::PUBLISHED;
pub use reads::{Get, GetContacts, List, ListHistory, MarkSeen};
pub(crate) use support::{check_reason, keep, look, now, show};

/// What somebody asks for, as one use case: the command that `wire` made of the message, and who asks in which role.
#[derive(Clone, Debug)]
pub struct By<C> {
    /// Who.
    pub viewer: Viewer,
    /// What.
    pub command: C,
}
