//! Links come and go with the events of their request.

use chassis::Tx;
use kernel::{AnswerLinkId, DestinationId, PersonId, PlacementRequestId};

use super::super::{
    domain::{Answer, AnswerLink, LinkState},
    store,
};
use crate::{
    context::Context,
    error::Error,
    messages::{Facts, Trigger},
};

/// What a new link is for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Issue {
    /// The version of the request that asks for it.
    pub(crate) version: i64,
    pub(crate) destination: DestinationId,
    pub(crate) agent: PersonId,
}

/// The links of requests that are neither used nor closed, held until the transaction ends. What becomes of them is stored by
/// [`Links::save`].
#[must_use]
pub(crate) struct Links {
    held: Vec<AnswerLink>,
    settled: Vec<AnswerLink>,
    issued: Vec<AnswerLink>,
}

impl Links {
    /// Holds those of requests, which the caller has locked.
    pub(crate) async fn lock(tx: &mut Tx, requests: &[PlacementRequestId]) -> Result<Self, Error> {
        let held = store::lock_unsettled(tx, requests).await?;
        Ok(Self { held, settled: Vec::new(), issued: Vec::new() })
    }

    /// Makes a link, which takes the place of the request's open one.
    pub(crate) fn issue(&mut self, cx: &Context, facts: &Facts, link: Issue) -> Result<AnswerLinkId, Error> {
        self.close_open(facts.request)?;
        let now = cx.env.now();
        let id = cx.env.ids.next::<AnswerLinkId>();
        self.issued.push(AnswerLink {
            id,
            request: facts.request,
            request_version: link.version,
            destination: link.destination,
            agent: link.agent,
            created_at: now,
            expires_at: AnswerLink::expiry(now, cx.link_life),
            state: LinkState::Open,
        });
        Ok(id)
    }

    /// Closes the request's open link.
    pub(crate) fn close_open(&mut self, request: PlacementRequestId) -> Result<(), Error> {
        let is_open = |link: &AnswerLink| link.request == request && link.state == LinkState::Open;
        for link in self.held.extract_if(.., |link| is_open(link)) {
            self.settled.push(link.closed()?);
        }
        for link in self.issued.iter_mut().filter(|link| is_open(link)) {
            *link = link.clone().closed()?;
        }
        Ok(())
    }

    /// Closes open links whose answer the newest facts no longer await; and where the event is the very answer of a claimed
    /// link, because the call that gave it died before it could say so, marks that link as used.
    pub(crate) fn settle(&mut self, (trigger, facts): (Trigger, &Facts), newest: &Facts) -> Result<(), Error> {
        let is_settled = |link: &AnswerLink| match &link.state {
            LinkState::Open => newest.awaits_link_of() != Some(link.destination),
            LinkState::Claimed(given) => is_its_answer((trigger, facts), link, given.answer),
            LinkState::Used(_) | LinkState::Closed => false,
        };
        for link in self.held.extract_if(.., |link| link.request == newest.request && is_settled(link)) {
            self.settled.push(if link.state == LinkState::Open { link.closed()? } else { link.used()? });
        }
        Ok(())
    }

    /// Stores what has become of them.
    pub(crate) async fn save(self, tx: &mut Tx, cx: &Context) -> Result<(), Error> {
        if !self.settled.is_empty() {
            store::save(tx, &self.settled, cx.env.now()).await?;
        }
        if !self.issued.is_empty() {
            store::add(tx, &self.issued).await?;
        }
        Ok(())
    }
}

fn is_its_answer((trigger, facts): (Trigger, &Facts), link: &AnswerLink, answer: Answer) -> bool {
    let same = match trigger {
        Trigger::AcceptedByDestination => answer == Answer::Accept,
        Trigger::DeclinedByDestination => answer == Answer::Decline,
        _ => false,
    };
    same && facts.actor == Some(link.agent) && facts.destination == Some(link.destination)
}
