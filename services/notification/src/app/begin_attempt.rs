//! Claims one delivery that is due and writes down what its mail will say. Nothing is held once the transaction ends: the
//! claim is a time in the row.

use chassis::Tx;
use kernel::{DeliveryId, Env};

use super::{Error, Rules};
use crate::{
    domain::{Attempt, Delivery, DeliveryState, Facts, Letter, Outcome, Person, Subject, Template, Trace},
    store,
};

/// What was found.
#[derive(Debug)]
pub enum Begun {
    /// Nothing is due.
    Nothing,
    /// Cannot or must not be mailed; that is recorded.
    Settled {
        /// Which mail.
        template: Template,
        /// How it stands now.
        state: &'static str,
    },
    /// To be handed to the mail server now.
    Ready(Box<Ready>),
}

/// One attempt.
#[derive(Debug)]
pub struct Ready {
    /// The delivery.
    pub delivery: DeliveryId,
    /// The claim.
    pub attempt: Attempt,
    /// The trace that the sending continues.
    pub trace: Trace,
    /// What to mail.
    pub letter: Letter,
}

/// Claims one.
///
/// # Errors
/// If the database fails.
pub async fn run(tx: &mut Tx, env: &Env, rules: &Rules) -> Result<Begun, Error> {
    let now = env.now();
    let Some((delivery, trace)) = store::delivery::lock_due(tx, now).await? else { return Ok(Begun::Nothing) };
    let exhausted = matches!(&delivery.state, DeliveryState::Pending(p) if p.attempts >= rules.retry.attempts);
    let (mut delivery, attempt) = delivery.claim(now + rules.lease)?;
    let letter = if exhausted { Err(no_outcome()) } else { letter(tx, env, &delivery).await? };
    match letter {
        Ok(letter) => {
            delivery.address = Some(letter.to_address.clone());
            store::delivery::save(tx, &delivery).await?;
            Ok(Begun::Ready(Box::new(Ready { delivery: delivery.id, attempt, trace, letter })))
        }
        Err(outcome) => {
            let delivery = delivery.settle(attempt, outcome, now, &rules.retry)?;
            store::delivery::save(tx, &delivery).await?;
            Ok(Begun::Settled { template: delivery.template, state: delivery.state.name() })
        }
    }
}

/// Every sender that took it on died over it: it is not taken on again.
fn no_outcome() -> Outcome {
    Outcome::Refused("NO_OUTCOME".into())
}

async fn letter(tx: &mut Tx, env: &Env, delivery: &Delivery) -> Result<Result<Letter, Outcome>, Error> {
    let recipient = match delivery.recipient {
        Some(id) => store::person::find(tx, id).await?,
        None => None,
    };
    match &delivery.subject {
        Subject::Closure(touches) => {
            let closure = store::closure::find(tx, touches.closure).await?;
            Ok(Letter::about_closure(delivery, *touches, recipient, closure))
        }
        Subject::Request(facts) => about_request(tx, env, delivery, facts, recipient).await,
    }
}

async fn about_request(
    tx: &mut Tx,
    env: &Env,
    delivery: &Delivery,
    facts: &Facts,
    recipient: Option<Person>,
) -> Result<Result<Letter, Outcome>, Error> {
    let link = match delivery.link {
        Some(id) => store::answer_link::find(tx, id).await?,
        None => None,
    };
    // Who answers by a link decides on what the request is now; other mails tell what happened then.
    let newest = match delivery.template {
        Template::RedirectedLink => store::request::find(tx, facts.request).await?.map(|(_, facts)| facts),
        _ => None,
    };
    let facts = newest.as_ref().unwrap_or(facts);
    let names = store::names::of(tx, facts, delivery.reason(facts)).await?;
    Ok(Letter::of(delivery, facts, recipient, names, link.as_ref(), env.now()))
}
