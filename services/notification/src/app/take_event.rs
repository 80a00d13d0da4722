//! Takes an event of a placement request: keeps its facts, ends links that nobody waits for, and writes the deliveries that
//! it calls for. All in the transaction that marks the event as taken; an event that comes twice adds nothing.

use chassis::Tx;
use kernel::{AnswerLinkId, Env, EventId};

use super::{Error, Rules, new_delivery};
use crate::{
    domain::{Answer, AnswerLink, Facts, LinkState, Mail, Occasion, Subject, Template, Trace},
    store,
};

/// An event of a placement request.
#[derive(Clone, Debug)]
pub struct Happened {
    /// The event.
    pub event: EventId,
    /// The request's version after it.
    pub version: i64,
    /// What happened.
    pub occasion: Occasion,
    /// The request after it.
    pub facts: Facts,
    /// The trace that the mails continue.
    pub trace: Trace,
}

/// Takes the event.
///
/// # Errors
/// If the database fails.
pub async fn run(tx: &mut Tx, env: &Env, rules: &Rules, happened: &Happened) -> Result<(), Error> {
    let (_, newest) = store::request::keep(tx, happened.version, &happened.facts).await?;
    settle_links(tx, env, happened, &newest).await?;
    for mail in happened.occasion.mails(&happened.facts) {
        if mail.template == Template::RedirectedLink {
            mail_link(tx, env, rules, happened, &newest, mail).await?;
        } else {
            add(tx, env, rules, happened, mail, None).await?;
        }
    }
    Ok(())
}

/// Closes open links whose answer the newest facts no longer await; and where the event is the very answer of a claimed
/// link, because the call that gave it died before it could say so, marks that link as used.
async fn settle_links(tx: &mut Tx, env: &Env, happened: &Happened, newest: &Facts) -> Result<(), Error> {
    for link in store::answer_link::lock_unsettled(tx, newest.request).await? {
        let settled = match &link.state {
            LinkState::Open if newest.awaits_link_of() != Some(link.destination) => link.closed()?,
            LinkState::Claimed(given) if is_its_answer(happened, &link, given.answer) => link.used()?,
            _ => continue,
        };
        store::answer_link::save(tx, &settled, env.now()).await?;
    }
    Ok(())
}

fn is_its_answer(happened: &Happened, link: &AnswerLink, answer: Answer) -> bool {
    let same = match happened.occasion {
        Occasion::AcceptedByDestination => answer == Answer::Accept,
        Occasion::DeclinedByDestination => answer == Answer::Decline,
        _ => false,
    };
    same && happened.facts.actor == Some(link.agent) && happened.facts.destination == Some(link.destination)
}

/// A link for a request that has moved on since would mislead: a late event makes none.
async fn mail_link(
    tx: &mut Tx,
    env: &Env,
    rules: &Rules,
    happened: &Happened,
    newest: &Facts,
    mail: Mail,
) -> Result<(), Error> {
    let (facts, version) = (&happened.facts, happened.version);
    let Some(destination) = facts.destination else { return add(tx, env, rules, happened, mail, None).await };
    let overtaken = store::answer_link::newest_version(tx, facts.request).await? >= version;
    if overtaken || newest.awaits_link_of() != Some(destination) {
        tracing::debug!(request = %facts.request, version, "no link: the request has moved on");
        return Ok(());
    }
    // The request names its agent; the copy knows those who were named since.
    let agent = match mail.recipient {
        None => store::destination::agent(tx, destination).await?,
        named => named,
    };
    let Some(agent) = agent else { return add(tx, env, rules, happened, mail, None).await };
    close_open(tx, env, facts).await?;
    let now = env.now();
    let link = AnswerLink {
        id: env.ids.next::<AnswerLinkId>(),
        request: facts.request,
        request_version: version,
        destination,
        agent,
        created_at: now,
        expires_at: AnswerLink::expiry(now, rules.link_life),
        state: LinkState::Open,
    };
    store::answer_link::add(tx, &link).await?;
    add(tx, env, rules, happened, Mail { recipient: Some(agent), ..mail }, Some(link.id)).await
}

/// Closes the request's open link, for a new one takes its place.
pub(super) async fn close_open(tx: &mut Tx, env: &Env, facts: &Facts) -> Result<(), Error> {
    for link in store::answer_link::lock_unsettled(tx, facts.request).await? {
        if link.state == LinkState::Open {
            store::answer_link::save(tx, &link.closed()?, env.now()).await?;
        }
    }
    Ok(())
}

async fn add(
    tx: &mut Tx,
    env: &Env,
    rules: &Rules,
    happened: &Happened,
    mail: Mail,
    link: Option<AnswerLinkId>,
) -> Result<(), Error> {
    let subject = Subject::Request(Box::new(happened.facts.clone()));
    let delivery = new_delivery::of(env, rules, (happened.event, subject), mail, link, None);
    store::delivery::add(tx, &delivery, &happened.trace).await?;
    Ok(())
}
