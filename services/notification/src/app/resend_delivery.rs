//! Mails a delivery again: a new mail with a Message-ID of its own, and a new link where the old one held one.

use chassis::Tx;
use kernel::{AnswerLinkId, DeliveryId, Env, ErrorKind, Problem};

use super::{Rules, list_deliveries::Listed, new_delivery, take_event};
use crate::{
    domain::{AnswerLink, Delivery, DeliveryState, Facts, LinkState, Mail, Reach, Subject, Template, Trace},
    store,
};

/// Why not.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No such delivery, or not in the caller's reach.
    #[error("no such delivery in reach")]
    NotFound,
    /// The caller may look, not act.
    #[error("the caller may only look")]
    OutOfScope,
    /// It is still being mailed.
    #[error("the delivery is still pending")]
    Pending,
    /// The destination is no longer asked.
    #[error("the destination's answer is not awaited")]
    NotAwaited,
    /// What goes wrong whatever the caller does.
    #[error(transparent)]
    Other(#[from] super::Error),
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        Self::Other(error.into())
    }
}

impl Problem for Error {
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

/// Writes the new delivery.
///
/// # Errors
/// See [`Error`].
pub async fn run(
    tx: &mut Tx,
    env: &Env,
    rules: &Rules,
    reach: &Reach,
    id: DeliveryId,
    trace: &Trace,
) -> Result<Listed, Error> {
    let old = store::delivery::lock(tx, id).await?.ok_or(Error::NotFound)?;
    // What is about no request is in nobody's reach.
    let request = old.subject.request().ok_or(Error::NotFound)?;
    // The events of a request lock it first as well, so that a link is not made while an event ends it.
    let (version, newest) = store::request::lock(tx, request).await?.ok_or(Error::NotFound)?;
    if !reach.sees(&newest) {
        return Err(Error::NotFound);
    }
    if !reach.acts(&newest) {
        return Err(Error::OutOfScope);
    }
    if matches!(old.state, DeliveryState::Pending(_)) {
        return Err(Error::Pending);
    }
    let again = if old.template == Template::RedirectedLink {
        with_new_link(tx, env, rules, &old, (version, &newest)).await?
    } else {
        let mail = Mail { template: old.template, recipient: old.recipient };
        new_delivery::of(env, rules, (old.event, old.subject.clone()), mail, None, Some(old.id))
    };
    store::delivery::add(tx, &again, trace).await?;
    let person = match again.recipient {
        Some(person) => store::person::find(tx, person).await?,
        None => None,
    };
    Ok(Listed { delivery: again, person })
}

/// To whoever answers for the destination now: the cure for a missing agent is to name one, then to mail again.
async fn with_new_link(
    tx: &mut Tx,
    env: &Env,
    rules: &Rules,
    old: &Delivery,
    (version, newest): (i64, &Facts),
) -> Result<Delivery, Error> {
    let destination = newest.awaits_link_of().ok_or(Error::NotAwaited)?;
    let agent = store::destination::agent(tx, destination).await?.or(newest.agent);
    take_event::close_open(tx, env, newest).await?;
    let now = env.now();
    let mut link = None;
    if let Some(agent) = agent {
        let new = AnswerLink {
            id: env.ids.next::<AnswerLinkId>(),
            request: newest.request,
            request_version: version,
            destination,
            agent,
            created_at: now,
            expires_at: AnswerLink::expiry(now, rules.link_life),
            state: LinkState::Open,
        };
        store::answer_link::add(tx, &new).await?;
        link = Some(new.id);
    }
    let mail = Mail { template: old.template, recipient: agent };
    let subject = Subject::Request(Box::new(newest.clone()));
    Ok(new_delivery::of(env, rules, (old.event, subject), mail, link, Some(old.id)))
}
