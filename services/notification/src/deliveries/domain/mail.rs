//! A mail about to be sent: everything that its text says, looked up and checked.

use directory::model::{Closure, ClosureReason, Person};
use jiff::{Timestamp, civil::Date};
use kernel::{ClosureId, Locale};

use super::{
    delivery::{Delivery, Outcome},
    names::Names,
};
use crate::{
    answer_links::{AnswerLink, SealedLink},
    messages::{AffectedRequests, Facts, Message},
};

/// The person has no address, is archived, or nobody is named at all.
pub(crate) const NO_ADDRESS: &str = "NO_ADDRESS";
/// The person has an account and does not take mails (domain §4.6).
pub(crate) const ALERTS_NOT_ACCEPTED: &str = "ALERTS_NOT_ACCEPTED";
/// The answer is no longer awaited, or the link's time was over before it could be mailed.
pub(crate) const LINK_ENDED: &str = "LINK_ENDED";
/// The closure was withdrawn before the mail went out.
pub(crate) const CLOSURE_WITHDRAWN: &str = "CLOSURE_WITHDRAWN";
/// The names of a new place or person have not arrived here yet.
pub(crate) const NAMES_NOT_YET_KNOWN: &str = "NAMES_NOT_YET_KNOWN";

/// A mail about to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mail {
    pub(crate) message: Message,
    /// Its Message-ID, without brackets.
    pub(crate) message_id: String,
    /// When it was asked for; its date.
    pub(crate) created_at: Timestamp,
    pub(crate) locale: Locale,
    pub(crate) to_name: String,
    pub(crate) to_address: String,
    /// Whether the reader can sign in, and so has a use for a way into Tandem.
    pub(crate) can_sign_in: bool,
    pub(crate) body: Body,
}

/// What a mail tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Body {
    Request(Box<AboutRequest>),
    Closure(AboutClosure),
}

/// A closure, for the one some of whose requests it affects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AboutClosure {
    pub(crate) id: ClosureId,
    /// What is closed.
    pub(crate) place: String,
    pub(crate) start: Date,
    pub(crate) end: Date,
    pub(crate) reason: ClosureReason,
    /// How many requests of the reader.
    pub(crate) requests: i32,
}

/// A request, with the names behind its ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AboutRequest {
    /// What is told without a name of its own.
    pub(crate) facts: Facts,
    pub(crate) placing_agency: String,
    pub(crate) receiving_agency: String,
    pub(crate) site: String,
    pub(crate) service: Option<String>,
    pub(crate) destination: Option<String>,
    pub(crate) program: String,
    pub(crate) placement_type: Option<String>,
    /// Why it was refused or stopped, where the mail tells it.
    pub(crate) reason: Option<String>,
    /// Who did it, where known.
    pub(crate) actor: Option<String>,
    /// Whom to ask: name and address of the receiving coordinator.
    pub(crate) coordinator: Option<(String, String)>,
    /// The link, in the mail that carries one.
    pub(crate) link: Option<SealedLink>,
}

impl Mail {
    /// The mail of a delivery; the outcome instead, where it cannot or must not be written: refused for good, or put off until
    /// names arrive.
    pub(crate) fn of(
        delivery: &Delivery,
        facts: &Facts,
        recipient: Option<&Person>,
        names: Names,
        link: Option<&AnswerLink>,
        now: Timestamp,
    ) -> Result<Self, Outcome> {
        if delivery.recipient.is_none() {
            return Err(Outcome::Refused(NO_ADDRESS.into()));
        }
        let to = recipient.ok_or_else(not_yet)?;
        check_recipient(delivery.message, to)?;
        let link = open_link(delivery.message, link, now)?;
        let locale = to.locale;
        let reason = delivery.reason(facts).cloned();
        let about = AboutRequest {
            facts: facts.clone(),
            placing_agency: names.placing_agency.ok_or_else(not_yet)?,
            receiving_agency: names.receiving_agency.ok_or_else(not_yet)?,
            site: names.site.ok_or_else(not_yet)?,
            service: names.service.map(|n| n.get(locale).to_owned()),
            destination: names.destination,
            program: names.program.ok_or_else(not_yet)?.get(locale).to_owned(),
            placement_type: names.placement_type.map(|n| n.get(locale).to_owned()),
            reason: reason.map(|code| names.reason.map_or(code, |n| n.get(locale).to_owned())),
            actor: names.actor,
            coordinator: names.coordinator,
            link,
        };
        Ok(Self::to(delivery, to, Body::Request(Box::new(about))))
    }

    /// The same about a closure, of which and of whose place the name may not have arrived yet.
    pub(crate) fn about_closure(
        delivery: &Delivery,
        affected: AffectedRequests,
        recipient: Option<&Person>,
        closure: Option<(&Closure, Option<String>)>,
    ) -> Result<Self, Outcome> {
        let to = recipient.ok_or_else(not_yet)?;
        check_recipient(delivery.message, to)?;
        let (closure, place) = closure.ok_or_else(not_yet)?;
        if !closure.active {
            return Err(Outcome::Refused(CLOSURE_WITHDRAWN.into()));
        }
        let about = AboutClosure {
            id: closure.id,
            place: place.ok_or_else(not_yet)?,
            start: closure.days.start(),
            end: closure.days.end(),
            reason: closure.reason,
            requests: affected.count,
        };
        Ok(Self::to(delivery, to, Body::Closure(about)))
    }

    fn to(delivery: &Delivery, to: &Person, body: Body) -> Self {
        Self {
            message: delivery.message,
            message_id: delivery.message_id.clone(),
            created_at: delivery.created_at,
            locale: to.locale,
            to_name: to.name(),
            to_address: to.email.clone(),
            can_sign_in: to.account_active,
            body,
        }
    }

    /// Name and address that a reply goes to: the coordinator, in mails to a destination.
    pub(crate) fn reply_to(&self) -> Option<(&str, &str)> {
        let Body::Request(about) = &self.body else { return None };
        let is_wanted = self.message.reply_to_coordinator();
        let (name, address) = about.coordinator.as_ref().filter(|(_, address)| is_wanted && !address.is_empty())?;
        Some((name, address))
    }
}

fn check_recipient(message: Message, to: &Person) -> Result<(), Outcome> {
    if !to.active || to.email.is_empty() {
        return Err(Outcome::Refused(NO_ADDRESS.into()));
    }
    if !message.has_answer_link() && to.account_active && !to.alerts_accepted {
        return Err(Outcome::Refused(ALERTS_NOT_ACCEPTED.into()));
    }
    Ok(())
}

fn open_link(message: Message, link: Option<&AnswerLink>, now: Timestamp) -> Result<Option<SealedLink>, Outcome> {
    if !message.has_answer_link() {
        return Ok(None);
    }
    match link {
        Some(link) if link.is_open(now) => Ok(Some(link.sealed())),
        _ => Err(Outcome::Refused(LINK_ENDED.into())),
    }
}

fn not_yet() -> Outcome {
    Outcome::PutOff(NAMES_NOT_YET_KNOWN.into())
}

#[cfg(test)]
pub(crate) mod tests;
