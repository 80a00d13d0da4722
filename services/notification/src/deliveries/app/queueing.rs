//! What an event triggers, in the transaction that marks it as taken: deliveries, the links that they carry, and the end of
//! those that nobody waits for. An event that comes twice adds nothing.

use chassis::{Tx, UseCase};
use kernel::{AnswerLinkId, DeliveryId, DestinationId, EventId, PersonId};

use super::super::{
    domain::{Delivery, DeliveryState, NO_ADDRESS, Subject, Trace, message_id},
    store,
};
use crate::{
    answer_links::{self, Issue},
    context::Context,
    error::Error,
    messages::{self, Addressed, AffectedRequests, Facts, Message, Trigger},
};

/// Takes an event of a request.
#[derive(Clone, Debug)]
pub(crate) struct QueueAboutRequest {
    pub(crate) event: EventId,
    /// The request's version after it.
    pub(crate) version: i64,
    pub(crate) trigger: Trigger,
    /// The request after it.
    pub(crate) facts: Facts,
    /// The trace that the mails continue.
    pub(crate) trace: Trace,
}

impl UseCase for QueueAboutRequest {
    type Context = Context;
    type Output = ();
    type Error = Error;

    async fn run(&self, tx: &mut Tx, cx: &Context) -> Result<(), Error> {
        let (_, newest) = messages::keep(tx, self.version, &self.facts).await?;
        answer_links::settle(tx, cx, (self.trigger, &self.facts), &newest).await?;
        for addressed in messages::triggered(self.trigger, &self.facts) {
            if addressed.message.has_answer_link() {
                self.add_with_link(tx, cx, addressed, &newest).await?;
            } else {
                self.add(tx, cx, addressed, None).await?;
            }
        }
        Ok(())
    }
}

impl QueueAboutRequest {
    /// A link for a request that has moved on since would mislead: a late event makes none.
    async fn add_with_link(
        &self,
        tx: &mut Tx,
        cx: &Context,
        addressed: Addressed,
        newest: &Facts,
    ) -> Result<(), Error> {
        let (facts, version) = (&self.facts, self.version);
        let Some(destination) = facts.destination else { return self.add(tx, cx, addressed, None).await };
        let overtaken = answer_links::newest_version(tx, facts.request).await? >= version;
        if overtaken || newest.awaits_link_of() != Some(destination) {
            tracing::debug!(request = %facts.request, version, "no link: the request has moved on");
            return Ok(());
        }
        // The request names its agent; the directory knows those who were named since.
        let agent = match addressed.recipient {
            None => agent(cx, destination),
            named => named,
        };
        let Some(agent) = agent else { return self.add(tx, cx, addressed, None).await };
        let link = answer_links::issue(tx, cx, facts, Issue { version, destination, agent }).await?;
        self.add(tx, cx, Addressed { recipient: Some(agent), ..addressed }, Some(link)).await
    }

    async fn add(
        &self,
        tx: &mut Tx,
        cx: &Context,
        addressed: Addressed,
        link: Option<AnswerLinkId>,
    ) -> Result<(), Error> {
        let subject = Subject::Request(Box::new(self.facts.clone()));
        let delivery = Delivery { link, ..new(cx, self.event, subject, addressed) };
        store::add(tx, &delivery, &self.trace).await?;
        Ok(())
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
        store::add(tx, &delivery, &self.trace).await?;
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
