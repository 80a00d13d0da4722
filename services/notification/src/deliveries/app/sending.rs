//! An attempt to send: begun in one transaction, finished in another, with the mail server between them. Nothing is held
//! meanwhile: the claim is a time in the row.

use std::{collections::HashMap, sync::Arc};

use chassis::{StoreError, Tx, UseCase};
use directory::{
    Snapshot,
    model::{ClosedPlace, Person},
};
use kernel::{DeliveryId, PersonId};

use super::super::{
    domain::{Attempt, Delivery, DeliveryState, Mail, Names, Outcome, Subject, Trace},
    store,
};
use crate::{
    answer_links,
    context::Context,
    error::Error,
    messages::{self, Facts, Message},
};

/// Claims one delivery that is due and writes down what its mail will say.
pub(crate) struct BeginAttempt;

/// What was found.
#[derive(Debug)]
pub(crate) enum Begun {
    /// Nothing is due.
    Nothing,
    /// Cannot or must not be mailed; that is recorded.
    Settled {
        message: Message,
        /// How it stands now.
        state: &'static str,
    },
    /// To be handed to the mail server now.
    Ready(Box<Ready>),
}

/// One attempt.
#[derive(Debug)]
pub(crate) struct Ready {
    pub(crate) delivery: DeliveryId,
    /// The claim.
    pub(crate) attempt: Attempt,
    /// The trace that the sending continues.
    pub(crate) trace: Trace,
    pub(crate) mail: Mail,
}

impl UseCase for BeginAttempt {
    type Context = Context;
    type Output = Begun;
    type Error = Error;

    async fn run(&self, tx: &mut Tx, cx: &Context) -> Result<Begun, Error> {
        let now = cx.env.now();
        let Some((delivery, trace)) = store::lock_due(tx, now).await? else { return Ok(Begun::Nothing) };
        let exhausted = matches!(&delivery.state, DeliveryState::Pending(p) if p.attempts >= cx.retry.attempts);
        let (mut delivery, attempt) = delivery.claim(now + cx.lease)?;
        let mail = if exhausted { Err(no_outcome()) } else { mail(tx, cx, &delivery).await? };
        match mail {
            Ok(mail) => {
                delivery.address = Some(mail.to_address.clone());
                store::save(tx, &delivery).await?;
                Ok(Begun::Ready(Box::new(Ready { delivery: delivery.id, attempt, trace, mail })))
            }
            Err(outcome) => {
                let delivery = delivery.settle(attempt, outcome, now, &cx.retry)?;
                store::save(tx, &delivery).await?;
                Ok(Begun::Settled { message: delivery.message, state: delivery.state.name() })
            }
        }
    }
}

/// Every sender that took it on died over it: it is not taken on again.
fn no_outcome() -> Outcome {
    Outcome::Refused("NO_OUTCOME".into())
}

async fn mail(tx: &mut Tx, cx: &Context, delivery: &Delivery) -> Result<Result<Mail, Outcome>, Error> {
    match &delivery.subject {
        Subject::Closure(affected) => {
            let people = people(tx, cx, &[delivery.recipient]).await?;
            let snapshot = cx.directory.snapshot();
            let closure = snapshot.closure(affected.closure).map(|c| (c, closed_place(&snapshot, c.place)));
            Ok(Mail::about_closure(delivery, *affected, person(&people, delivery.recipient), closure))
        }
        Subject::Request(facts) => about_request(tx, cx, delivery, facts).await,
    }
}

async fn about_request(
    tx: &mut Tx,
    cx: &Context,
    delivery: &Delivery,
    facts: &Facts,
) -> Result<Result<Mail, Outcome>, Error> {
    let link = match delivery.link {
        Some(id) => answer_links::find(tx, id).await?,
        None => None,
    };
    // Who answers by a link decides on what the request is now; other mails tell what happened then.
    let newest = if delivery.message.has_answer_link() {
        messages::newest(tx, facts.request).await?.map(|(_, facts)| facts)
    } else {
        None
    };
    let facts = newest.as_ref().unwrap_or(facts);
    let people = people(tx, cx, &[delivery.recipient, facts.actor, facts.receiving_coordinator]).await?;
    let names = names(&cx.directory.snapshot(), facts, delivery.reason(facts), &people);
    let recipient = person(&people, delivery.recipient);
    Ok(Mail::of(delivery, facts, recipient, names, link.as_ref(), cx.env.now()))
}

type People = HashMap<PersonId, Arc<Person>>;

async fn people(tx: &mut Tx, cx: &Context, ids: &[Option<PersonId>]) -> Result<People, StoreError> {
    let ids: Vec<_> = ids.iter().copied().flatten().collect();
    Ok(cx.directory.people(&mut **tx, &ids).await?)
}

fn person(people: &People, id: Option<PersonId>) -> Option<&Person> {
    people.get(&id?).map(AsRef::as_ref)
}

fn names(snapshot: &Snapshot, facts: &Facts, reason: Option<&String>, people: &People) -> Names {
    let agency = |id| snapshot.agency(id).map(|agency| agency.name.clone());
    Names {
        placing_agency: agency(facts.placing_agency),
        receiving_agency: agency(facts.receiving_agency),
        site: snapshot.site(facts.site).map(|site| site.name.clone()),
        service: snapshot.service(facts.service).map(|service| service.name.clone()),
        destination: facts.destination.and_then(|id| snapshot.destination(id)).map(|unit| unit.name.clone()),
        program: snapshot.program(facts.program).map(|program| program.name.clone()),
        reason: reason.and_then(|code| snapshot.reason(code)).map(|reason| reason.name.clone()),
        actor: person(people, facts.actor).map(Person::name),
        coordinator: person(people, facts.receiving_coordinator).map(|p| (p.name(), p.email.clone())),
    }
}

/// The name of what is closed; that of a unit says little without its site's.
fn closed_place(snapshot: &Snapshot, place: ClosedPlace) -> Option<String> {
    match place {
        ClosedPlace::Agency(id) => snapshot.agency(id).map(|agency| agency.name.clone()),
        ClosedPlace::Site(id) => snapshot.site(id).map(|site| site.name.clone()),
        ClosedPlace::Destination(id) => {
            let unit = snapshot.destination(id)?;
            let site = snapshot.site(unit.site);
            Some(site.map_or_else(|| unit.name.clone(), |site| format!("{}, {}", unit.name, site.name)))
        }
    }
}

/// Records what came of an attempt, and answers how the delivery stands; `None` where another attempt has overtaken this one,
/// whose outcome then no longer counts.
pub(crate) struct FinishAttempt {
    pub(crate) delivery: DeliveryId,
    pub(crate) attempt: Attempt,
    pub(crate) outcome: Outcome,
}

impl UseCase for FinishAttempt {
    type Context = Context;
    type Output = Option<&'static str>;
    type Error = Error;

    async fn run(&self, tx: &mut Tx, cx: &Context) -> Result<Option<&'static str>, Error> {
        let Some(delivery) = store::lock(tx, self.delivery).await? else { return Ok(None) };
        let settled = delivery.settle(self.attempt, self.outcome.clone(), cx.env.now(), &cx.retry);
        let Ok(delivery) = settled else { return Ok(None) };
        store::save(tx, &delivery).await?;
        Ok(Some(delivery.state.name()))
    }
}
