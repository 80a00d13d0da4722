//! Links come and go with the events of their request.

use chassis::Tx;
use kernel::{AnswerLinkId, DestinationId, PersonId};

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

/// Makes a link, which takes the place of the request's open one.
pub(crate) async fn issue(tx: &mut Tx, cx: &Context, facts: &Facts, link: Issue) -> Result<AnswerLinkId, Error> {
    close_open(tx, cx, facts).await?;
    let now = cx.env.now();
    let link = AnswerLink {
        id: cx.env.ids.next::<AnswerLinkId>(),
        request: facts.request,
        request_version: link.version,
        destination: link.destination,
        agent: link.agent,
        created_at: now,
        expires_at: AnswerLink::expiry(now, cx.link_life),
        state: LinkState::Open,
    };
    store::add(tx, &link).await?;
    Ok(link.id)
}

/// Closes the request's open link.
pub(crate) async fn close_open(tx: &mut Tx, cx: &Context, facts: &Facts) -> Result<(), Error> {
    for link in store::lock_unsettled(tx, facts.request).await? {
        if link.state == LinkState::Open {
            store::save(tx, &link.closed()?, cx.env.now()).await?;
        }
    }
    Ok(())
}

/// Closes open links whose answer the newest facts no longer await; and where the event is the very answer of a claimed
/// link, because the call that gave it died before it could say so, marks that link as used.
pub(crate) async fn settle(
    tx: &mut Tx,
    cx: &Context,
    (trigger, facts): (Trigger, &Facts),
    newest: &Facts,
) -> Result<(), Error> {
    for link in store::lock_unsettled(tx, newest.request).await? {
        let settled = match &link.state {
            LinkState::Open if newest.awaits_link_of() != Some(link.destination) => link.closed()?,
            LinkState::Claimed(given) if is_its_answer((trigger, facts), &link, given.answer) => link.used()?,
            _ => continue,
        };
        store::save(tx, &settled, cx.env.now()).await?;
    }
    Ok(())
}

fn is_its_answer((trigger, facts): (Trigger, &Facts), link: &AnswerLink, answer: Answer) -> bool {
    let same = match trigger {
        Trigger::AcceptedByDestination => answer == Answer::Accept,
        Trigger::DeclinedByDestination => answer == Answer::Decline,
        _ => false,
    };
    same && facts.actor == Some(link.agent) && facts.destination == Some(link.destination)
}
