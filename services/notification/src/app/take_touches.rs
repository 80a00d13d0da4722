//! Takes the word that a closure touches requests of a school's coordinator: one mail, in the transaction that marks the event as
//! taken; an event that comes twice adds nothing.

use chassis::Tx;
use kernel::{Env, EventId, PersonId};

use super::{Error, Rules, new_delivery};
use crate::{
    domain::{Mail, Subject, Template, Touches, Trace},
    store,
};

/// What was told.
#[derive(Clone, Debug)]
pub struct Told {
    /// The event.
    pub event: EventId,
    /// To whom.
    pub coordinator: PersonId,
    /// Of what.
    pub touches: Touches,
    /// The trace that the mail continues.
    pub trace: Trace,
}

/// Takes it.
///
/// # Errors
/// If the database fails.
pub async fn run(tx: &mut Tx, env: &Env, rules: &Rules, told: &Told) -> Result<(), Error> {
    let mail = Mail { template: Template::RequestsAffectedByClosure, recipient: Some(told.coordinator) };
    let subject = Subject::Closure(told.touches);
    let delivery = new_delivery::of(env, rules, (told.event, subject), mail, None, None);
    store::delivery::add(tx, &delivery, &told.trace).await?;
    Ok(())
}
