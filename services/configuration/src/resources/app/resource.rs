//! What makes a type a resource of the directory: a table, a message, and the rules for writing it.

use std::future::Future;

use chassis::{Principal, db::Tx};

use crate::{
    profiles::{FieldChange, Profile},
    resources::{
        app::{context::Context, refusal::Refusal},
        store::table::Table,
        wire::message::Message,
    },
};

/// A resource of the directory. Reading is open to everyone who is signed in: the directory holds no personal data.
pub trait Resource: Table + Message {
    /// Whether the caller may make `after` of `before` (`None`: create it). What stands above the entry may turn out
    /// not to exist; [`Resource::check`] says so then.
    fn permit(
        tx: &mut Tx,
        who: &Principal,
        before: Option<&Self>,
        after: &Self,
    ) -> impl Future<Output = Result<(), Refusal>> + Send;

    /// The profile whose history remembers its changes, if it has one.
    fn profile(&self) -> Option<Profile> {
        None
    }

    /// What the history says of a change to `after`.
    fn differences(&self, _after: &Self) -> Vec<FieldChange> {
        Vec::new()
    }

    /// Whether `after` may stand in the directory, whoever asks.
    fn check(
        tx: &mut Tx,
        cx: &Context,
        before: Option<&Self>,
        after: &Self,
    ) -> impl Future<Output = Result<(), Refusal>> + Send;
}
