//! Attempts to send: begun together in one transaction, finished together in another, with the mail server between them.
//! Nothing is held meanwhile: the claim is a time in the row.

use std::{collections::HashMap, sync::Arc};

use chassis::{StoreError, Tx, UseCase};
use directory::{
    Snapshot,
    model::{ClosedPlace, Person},
};
use kernel::{AnswerLinkId, DeliveryId, PersonId, PlacementRequestId};

use super::super::{
    domain::{Attempt, Delivery, Mail, Names, Outcome, Subject, Trace},
    store,
};
use crate::{
    answer_links::{self, AnswerLink},
    context::Context,
    error::Error,
    messages::{self, Facts, Message},
};

/// Claims deliveries that are due and writes down what their mails will say.
pub(crate) struct BeginAttempts {
    /// The most that are claimed.
    pub(crate) limit: i64,
}

/// One that was found due.
#[derive(Debug)]
pub(crate) enum Begun {
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

impl UseCase for BeginAttempts {
    type Context = Context;
    type Output = Vec<Begun>;
    type Error = Error;

    async fn run(&self, tx: &mut Tx, cx: &Context) -> Result<Vec<Begun>, Error> {
        if self.limit == 0 {
            return Ok(Vec::new());
        }
        let now = cx.env.now();
        let due = store::lock_due(tx, now, self.limit).await?;
        if due.is_empty() {
            return Ok(Vec::new());
        }
        let found = Found::of(tx, cx, &due).await?;
        let (mut begun, mut claimed) = (Vec::with_capacity(due.len()), Vec::with_capacity(due.len()));
        for (delivery, trace) in due {
            // Every sender that took it on so often died over it: it is not taken on again.
            let is_exhausted = delivery.state.attempts() >= cx.retry.attempts;
            let (mut delivery, attempt) = delivery.claim(now + cx.lease)?;
            let mail =
                if is_exhausted { Err(Outcome::Refused("NO_OUTCOME".into())) } else { found.mail(cx, &delivery) };
            match mail {
                Ok(mail) => {
                    delivery.address = Some(mail.to_address.clone());
                    begun.push(Begun::Ready(Box::new(Ready { delivery: delivery.id, attempt, trace, mail })));
                }
                Err(outcome) => {
                    delivery = delivery.settle(attempt, outcome, now, &cx.retry)?;
                    begun.push(Begun::Settled { message: delivery.message, state: delivery.state.name() });
                }
            }
            claimed.push(delivery);
        }
        store::save(tx, &claimed).await?;
        Ok(begun)
    }
}

/// What the mails of a batch need.
struct Found {
    snapshot: Arc<Snapshot>,
    people: HashMap<PersonId, Arc<Person>>,
    links: HashMap<AnswerLinkId, AnswerLink>,
    newest: HashMap<PlacementRequestId, Facts>,
}

impl Found {
    async fn of(tx: &mut Tx, cx: &Context, due: &[(Delivery, Trace)]) -> Result<Self, StoreError> {
        let links: Vec<_> = due.iter().filter_map(|(delivery, _)| delivery.link).collect();
        let asked = due.iter().filter(|(delivery, _)| delivery.message.has_answer_link());
        let asked: Vec<_> = asked.filter_map(|(delivery, _)| delivery.subject.request()).collect();
        let links = answer_links::find_all(tx, &links).await?;
        let newest = messages::newest_of(tx, &asked).await?;
        let of_facts = |facts: &Facts| [facts.actor, facts.receiving_coordinator];
        let mut people: Vec<_> = newest.values().flat_map(of_facts).flatten().collect();
        for (delivery, _) in due {
            people.extend(delivery.recipient);
            if let Subject::Request(facts) = &delivery.subject {
                people.extend(of_facts(facts).into_iter().flatten());
            }
        }
        let people = cx.directory.people(&mut **tx, &people).await?;
        Ok(Self { snapshot: cx.directory.snapshot(), people, links, newest })
    }

    fn mail(&self, cx: &Context, delivery: &Delivery) -> Result<Mail, Outcome> {
        let recipient = self.person(delivery.recipient);
        match &delivery.subject {
            Subject::Closure(affected) => {
                let closure = self.snapshot.closure(affected.closure);
                let closure = closure.map(|closure| (closure, closed_place(&self.snapshot, closure.place)));
                Mail::about_closure(delivery, *affected, recipient, closure)
            }
            Subject::Request(facts) => {
                // Who answers by a link decides on what the request is now; other mails tell what happened then.
                let newest = self.newest.get(&facts.request).filter(|_| delivery.message.has_answer_link());
                let facts = newest.unwrap_or(facts);
                let link = delivery.link.and_then(|id| self.links.get(&id));
                let names = self.names(facts, delivery.reason(facts));
                Mail::of(delivery, facts, recipient, names, link, cx.env.now())
            }
        }
    }

    fn person(&self, id: Option<PersonId>) -> Option<&Person> {
        self.people.get(&id?).map(AsRef::as_ref)
    }

    fn names(&self, facts: &Facts, reason: Option<&String>) -> Names {
        let snapshot = &self.snapshot;
        let agency = |id| snapshot.agency(id).map(|agency| agency.name.clone());
        Names {
            placing_agency: agency(facts.placing_agency),
            receiving_agency: agency(facts.receiving_agency),
            site: snapshot.site(facts.site).map(|site| site.name.clone()),
            service: snapshot.service(facts.service).map(|service| service.name.clone()),
            destination: facts.destination.and_then(|id| snapshot.destination(id)).map(|unit| unit.name.clone()),
            program: snapshot.program(facts.program).map(|program| program.name.clone()),
            placement_type: snapshot.placement_type(&facts.placement_type).map(|kind| kind.name.clone()),
            reason: reason.and_then(|code| snapshot.reason(code)).map(|reason| reason.name.clone()),
            actor: self.person(facts.actor).map(Person::name),
            coordinator: self.person(facts.receiving_coordinator).map(|p| (p.name(), p.email.clone())),
        }
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

/// What came of an attempt.
#[derive(Debug)]
pub(crate) struct Finished {
    pub(crate) delivery: DeliveryId,
    pub(crate) message: Message,
    pub(crate) attempt: Attempt,
    pub(crate) outcome: Outcome,
}

/// Records what came of attempts, and answers how each delivery stands; it is not among them where another attempt has
/// overtaken this one, whose outcome then no longer counts.
pub(crate) struct FinishAttempts(pub(crate) Vec<Finished>);

impl UseCase for FinishAttempts {
    type Context = Context;
    type Output = HashMap<DeliveryId, &'static str>;
    type Error = Error;

    async fn run(&self, tx: &mut Tx, cx: &Context) -> Result<Self::Output, Error> {
        if self.0.is_empty() {
            return Ok(HashMap::new());
        }
        let ids: Vec<DeliveryId> = self.0.iter().map(|finished| finished.delivery).collect();
        let mut held: HashMap<DeliveryId, Delivery> =
            store::lock_all(tx, &ids).await?.into_iter().map(|delivery| (delivery.id, delivery)).collect();
        let settled = self.0.iter().filter_map(|finished| {
            let delivery = held.remove(&finished.delivery)?;
            delivery.settle(finished.attempt, finished.outcome.clone(), cx.env.now(), &cx.retry).ok()
        });
        let settled: Vec<Delivery> = settled.collect();
        store::save(tx, &settled).await?;
        Ok(settled.iter().map(|delivery| (delivery.id, delivery.state.name())).collect())
    }
}

/// [`FinishAttempts`], then [`BeginAttempts`].
pub(crate) struct ExchangeAttempts {
    pub(crate) finish: FinishAttempts,
    pub(crate) begin: BeginAttempts,
}

impl UseCase for ExchangeAttempts {
    type Context = Context;
    type Output = (HashMap<DeliveryId, &'static str>, Vec<Begun>);
    type Error = Error;

    async fn run(&self, tx: &mut Tx, cx: &Context) -> Result<Self::Output, Error> {
        let settled = self.finish.run(tx, cx).await?;
        Ok((settled, self.begin.run(tx, cx).await?))
    }
}
