//! What events trigger, in the transaction that marks them as taken: deliveries, the links that they carry, and the end of
//! those that nobody waits for. An event that comes twice adds nothing.

use std::collections::HashMap;

use chassis::{Tx, UseCase};
use kernel::{AnswerLinkId, DeliveryId, DestinationId, EventId, PersonId, PlacementRequestId};

use super::super::{
    domain::{Delivery, DeliveryState, NO_ADDRESS, Subject, Trace, message_id},
    store,
};
use crate::{
    answer_links::{self, Issue, Links},
    context::Context,
    error::Error,
    messages::{self, Addressed, AffectedRequests, Facts, Message, Trigger},
};

/// An event of a request.
#[derive(Clone, Debug)]
pub(crate) struct RequestChange {
    pub(crate) event: EventId,
    /// The request's version after it.
    pub(crate) version: i64,
    pub(crate) trigger: Trigger,
    /// The request after it.
    pub(crate) facts: Facts,
    /// The trace that the mails continue.
    pub(crate) trace: Trace,
}

/// Takes events of requests, those of one in the order in which they came, in as many statements as for one.
pub(crate) struct QueueAboutRequests(pub(crate) Vec<RequestChange>);

impl UseCase for QueueAboutRequests {
    type Context = Context;
    type Output = ();
    type Error = Error;

    async fn run(&self, tx: &mut Tx, cx: &Context) -> Result<(), Error> {
        let kept: Vec<(i64, &Facts)> = self.0.iter().map(|change| (change.version, &change.facts)).collect();
        let newest = messages::keep(tx, &kept).await?;
        let requests: Vec<PlacementRequestId> = newest.keys().copied().collect();
        let mut links = Links::lock(tx, &requests).await?;
        let triggered: Vec<(&RequestChange, Addressed)> = self.0.iter().flat_map(RequestChange::triggers).collect();
        let asked = triggered.iter().filter(|(_, addressed)| addressed.message.has_answer_link());
        let asked: Vec<PlacementRequestId> = asked.map(|(change, _)| change.facts.request).collect();
        let mut linked = answer_links::newest_versions(tx, &asked).await?;

        for change in &self.0 {
            links.settle((change.trigger, &change.facts), change.newest(&newest))?;
        }
        let mut deliveries = Vec::with_capacity(triggered.len());
        for (change, addressed) in triggered {
            let delivery = if addressed.message.has_answer_link() {
                let linked = linked.entry(change.facts.request).or_default();
                change.with_link(cx, (&mut links, linked), addressed, change.newest(&newest))?
            } else {
                Some(change.delivery(cx, addressed, None))
            };
            deliveries.extend(delivery.map(|delivery| (delivery, &change.trace)));
        }
        links.save(tx, cx).await?;
        let deliveries: Vec<(&Delivery, &Trace)> =
            deliveries.iter().map(|(delivery, trace)| (delivery, *trace)).collect();
        store::add(tx, &deliveries).await?;
        Ok(())
    }
}

impl RequestChange {
    fn triggers(&self) -> impl Iterator<Item = (&Self, Addressed)> {
        messages::triggered(self.trigger, &self.facts).into_iter().map(move |addressed| (self, addressed))
    }

    /// The newest facts of its request: its own, unless a newer event has come before it.
    fn newest<'a>(&'a self, newest: &'a HashMap<PlacementRequestId, Facts>) -> &'a Facts {
        newest.get(&self.facts.request).unwrap_or(&self.facts)
    }

    /// A link for a request that has moved on since would mislead: a late event makes none. `linked` is the newest version that a
    /// link was made for, 0 for none.
    fn with_link(
        &self,
        cx: &Context,
        (links, linked): (&mut Links, &mut i64),
        addressed: Addressed,
        newest: &Facts,
    ) -> Result<Option<Delivery>, Error> {
        let (facts, version) = (&self.facts, self.version);
        let Some(destination) = facts.destination else { return Ok(Some(self.delivery(cx, addressed, None))) };
        if *linked >= version || newest.awaits_link_of() != Some(destination) {
            tracing::debug!(request = %facts.request, version, "no link: the request has moved on");
            return Ok(None);
        }
        // The request names its agent; the directory knows those who were named since.
        let agent = match addressed.recipient {
            None => agent(cx, destination),
            named => named,
        };
        let Some(agent) = agent else { return Ok(Some(self.delivery(cx, addressed, None))) };
        let link = links.issue(cx, facts, Issue { version, destination, agent })?;
        *linked = version;
        Ok(Some(self.delivery(cx, Addressed { recipient: Some(agent), ..addressed }, Some(link))))
    }

    fn delivery(&self, cx: &Context, addressed: Addressed, link: Option<AnswerLinkId>) -> Delivery {
        let subject = Subject::Request(Box::new(self.facts.clone()));
        Delivery { link, ..new(cx, self.event, subject, addressed) }
    }
}

/// Takes the word that a closure affects requests of a school's coordinator.
#[derive(Clone, Debug)]
pub(crate) struct QueueAboutClosure {
    pub(crate) event: EventId,
    pub(crate) coordinator: PersonId,
    pub(crate) affected: AffectedRequests,
    /// The trace that the mail continues.
    pub(crate) trace: Trace,
}

impl UseCase for QueueAboutClosure {
    type Context = Context;
    type Output = ();
    type Error = Error;

    async fn run(&self, tx: &mut Tx, cx: &Context) -> Result<(), Error> {
        let addressed = Addressed { message: Message::RequestsAffectedByClosure, recipient: Some(self.coordinator) };
        let delivery = new(cx, self.event, Subject::Closure(self.affected), addressed);
        store::add(tx, &[(&delivery, &self.trace)]).await?;
        Ok(())
    }
}

/// Who answers for a destination now, as far as is known here.
pub(super) fn agent(cx: &Context, destination: DestinationId) -> Option<PersonId> {
    cx.directory.snapshot().destination(destination)?.agent
}

/// A delivery that waits to be mailed; one that nobody is named for has failed from the start, so that the log shows it.
pub(super) fn new(cx: &Context, event: EventId, subject: Subject, addressed: Addressed) -> Delivery {
    let (id, now) = (cx.env.ids.next::<DeliveryId>(), cx.env.now());
    let state = match addressed.recipient {
        Some(_) => DeliveryState::pending(now),
        None => DeliveryState::Failed { attempts: 0, at: now, error: NO_ADDRESS.to_owned() },
    };
    Delivery {
        id,
        event,
        message: addressed.message,
        recipient: addressed.recipient,
        link: None,
        resend_of: None,
        subject,
        message_id: message_id(id, &cx.mail_domain),
        created_at: now,
        address: None,
        state,
    }
}
