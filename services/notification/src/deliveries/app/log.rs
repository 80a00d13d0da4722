//! The delivery log: read, mailed again from, and cleared of old mails.

use std::sync::Arc;

use chassis::{StoreError, Tx, UseCase};
use directory::model::{Level, Person, Rights};
use kernel::{DeliveryId, ErrorKind, PlacementRequestId, Problem};

use super::{
    super::{
        domain::{Delivery, DeliveryState, Subject, Trace},
        store,
    },
    queueing,
};
use crate::{
    answer_links::{Issue, Links},
    context::Context,
    error::Error,
    messages::{self, Addressed, Facts},
};

/// Why not.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refusal {
    /// No such request or delivery, or not in the caller's reach.
    #[error("not in reach")]
    NotFound,
    #[error("the caller may only look")]
    OutOfScope,
    /// It is still being mailed.
    #[error("the delivery is still pending")]
    Pending,
    /// The destination is no longer asked.
    #[error("the destination's answer is not awaited")]
    NotAwaited,
    #[error(transparent)]
    Other(#[from] Error),
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::Other(error.into())
    }
}

impl Problem for Refusal {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::NotFound => ErrorKind::NotFound,
            Self::OutOfScope => ErrorKind::Forbidden,
            Self::Pending | Self::NotAwaited => ErrorKind::Precondition,
            Self::Other(error) => error.kind(),
        }
    }

    fn reason(&self) -> &'static str {
        match self {
            Self::NotFound => "NOT_FOUND",
            Self::OutOfScope => "OUT_OF_SCOPE",
            Self::Pending => "DELIVERY_PENDING",
            Self::NotAwaited => "ANSWER_NOT_AWAITED",
            Self::Other(error) => error.reason(),
        }
    }
}

/// A delivery and who it is for, if known.
#[derive(Clone, Debug)]
pub(crate) struct Listed {
    pub(crate) delivery: Delivery,
    pub(crate) person: Option<Arc<Person>>,
}

/// The mails about a request, newest first.
pub(crate) struct ListDeliveries {
    pub(crate) rights: Rights,
    pub(crate) request: PlacementRequestId,
}

impl UseCase for ListDeliveries {
    type Context = Context;
    type Output = Vec<Listed>;
    type Error = Refusal;

    async fn run(&self, tx: &mut Tx, cx: &Context) -> Result<Vec<Listed>, Refusal> {
        let (_, facts) = messages::newest(tx, self.request).await?.ok_or(Refusal::NotFound)?;
        if !self.rights.cover(Level::Viewer, &facts.place()) {
            return Err(Refusal::NotFound);
        }
        let deliveries = store::of_request(tx, self.request).await?;
        let recipients: Vec<_> = deliveries.iter().filter_map(|delivery| delivery.recipient).collect();
        let people = cx.directory.people(&mut **tx, &recipients).await.map_err(StoreError::from)?;
        let listed = |delivery: Delivery| {
            let person = delivery.recipient.and_then(|id| people.get(&id).cloned());
            Listed { delivery, person }
        };
        Ok(deliveries.into_iter().map(listed).collect())
    }
}

/// Mails a delivery again: a new mail with a Message-ID of its own, and a new link where the old one held one.
pub(crate) struct ResendDelivery {
    pub(crate) rights: Rights,
    pub(crate) delivery: DeliveryId,
    /// The trace that the mail continues.
    pub(crate) trace: Trace,
}

impl UseCase for ResendDelivery {
    type Context = Context;
    type Output = Listed;
    type Error = Refusal;

    async fn run(&self, tx: &mut Tx, cx: &Context) -> Result<Listed, Refusal> {
        let old = store::lock(tx, self.delivery).await?.ok_or(Refusal::NotFound)?;
        // What is about no request is in nobody's reach.
        let request = old.subject.request().ok_or(Refusal::NotFound)?;
        // The events of a request lock it first as well, so that a link is not made while an event ends it.
        let (version, newest) = messages::lock(tx, request).await?.ok_or(Refusal::NotFound)?;
        let place = newest.place();
        if !self.rights.cover(Level::Viewer, &place) {
            return Err(Refusal::NotFound);
        }
        if !self.rights.cover(Level::Regular, &place) {
            return Err(Refusal::OutOfScope);
        }
        if matches!(old.state, DeliveryState::Pending(_)) {
            return Err(Refusal::Pending);
        }
        let again = if old.message.has_answer_link() {
            with_new_link(tx, cx, &old, (version, &newest)).await?
        } else {
            let addressed = Addressed { message: old.message, recipient: old.recipient };
            queueing::new(cx, old.event, old.subject.clone(), addressed)
        };
        let again = Delivery { resend_of: Some(old.id), ..again };
        store::add(tx, &[(&again, &self.trace)]).await?;
        let person = match again.recipient {
            Some(id) => cx.directory.person(&mut **tx, id).await.map_err(StoreError::from)?,
            None => None,
        };
        Ok(Listed { delivery: again, person })
    }
}

/// To whoever answers for the destination now: the cure for a missing agent is to name one, then to mail again.
async fn with_new_link(
    tx: &mut Tx,
    cx: &Context,
    old: &Delivery,
    (version, newest): (i64, &Facts),
) -> Result<Delivery, Refusal> {
    let destination = newest.awaits_link_of().ok_or(Refusal::NotAwaited)?;
    let agent = queueing::agent(cx, destination).or(newest.agent);
    let mut links = Links::lock(tx, &[newest.request]).await?;
    let link = match agent {
        Some(agent) => Some(links.issue(cx, newest, Issue { version, destination, agent })?),
        None => {
            links.close_open(newest.request)?;
            None
        }
    };
    links.save(tx, cx).await?;
    let addressed = Addressed { message: old.message, recipient: agent };
    let subject = Subject::Request(Box::new(newest.clone()));
    Ok(Delivery { link, ..queueing::new(cx, old.event, subject, addressed) })
}

/// Most rows of one transaction.
pub(crate) const PRUNE_BATCH: i64 = 500;

/// Takes old mails out of the log, and answers how many: at most [`PRUNE_BATCH`]. Names and addresses are kept no longer than
/// somebody might ask what became of them. What carries a link by which somebody may still answer stays, and so does what was
/// mailed again, until the later mail goes.
pub(crate) struct PruneDeliveries;

impl UseCase for PruneDeliveries {
    type Context = Context;
    type Output = u64;
    type Error = Error;

    async fn run(&self, tx: &mut Tx, cx: &Context) -> Result<u64, Error> {
        let now = cx.env.now();
        Ok(store::prune(tx, now - cx.keep, now, PRUNE_BATCH).await?)
    }
}

/// Whether mails are still to be sent, or to be tried again: for whoever waits until none are.
#[derive(Clone, Copy, Debug)]
pub struct MailsWait;

impl UseCase for MailsWait {
    type Context = ();
    type Output = bool;
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx, (): &()) -> Result<bool, StoreError> {
        store::is_any_pending(tx).await
    }
}
