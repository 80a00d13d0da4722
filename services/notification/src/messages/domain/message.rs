//! Every message that Tandem sends (domain §17), each declared once. Its words are in the catalogues, under its code.

use kernel::PersonId;

use super::{
    facts::{Awaits, Facts},
    trigger::Trigger,
};
use Recipient::{Agent, AgentWhoSawIt, Coordinator, PreviousAgent, School};
use Row::{
    Actor, Agency, Dates, Days, Destination, Hours, Place, PlacementType, PreviousDates, Program, Reason, Reference,
    Service, Site, Students,
};

/// What a message is.
struct Declaration {
    triggers: &'static [Trigger],
    /// What the request must await after the event.
    awaiting: Option<Awaits>,
    /// Whether it is only about what was agreed and still is.
    of_agreed: bool,
    recipients: &'static [Recipient],
    /// Whether somebody has to act on it: then a missing recipient is worth a line in the log.
    asks_for_action: bool,
    /// Whether it carries a link to answer by. Such a message is no alert that can be switched off, since it goes to those who
    /// do not work in Tandem; and it shows the request as it is when it is mailed, since it is decided on.
    answer_link: bool,
    /// Whether a reply goes to the receiving coordinator.
    reply_to_coordinator: bool,
    shows: &'static [&'static [Row]],
}

/// By their place in the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Recipient {
    /// The school's coordinator.
    School,
    /// The receiving coordinator.
    Coordinator,
    /// Who answers for the unit.
    Agent,
    /// The same, unless the request never reached them: who never saw it is not told of its end.
    AgentWhoSawIt,
    /// Who answered for the unit that it was taken from.
    PreviousAgent,
}

kernel::coded! {
    /// A row of a message, by its label in the catalogues. Rows without a value are left out.
    Row {
        Reference = "label-reference",
        School = "label-school",
        Program = "label-program",
        Agency = "label-agency",
        Site = "label-site",
        Service = "label-service",
        Destination = "label-destination",
        Dates = "label-dates",
        PreviousDates = "label-previous-dates",
        Days = "label-days",
        PlacementType = "label-placement-type",
        Students = "label-students",
        Hours = "label-hours",
        Reason = "label-reason",
        Actor = "label-actor",
        Place = "label-place",
    }
}

const REQUEST: &[Row] = &[
    Reference,
    Row::School,
    Program,
    PlacementType,
    Agency,
    Site,
    Service,
    Destination,
    Dates,
    PreviousDates,
    Days,
    Students,
    Hours,
];

macro_rules! messages {
    ($($(#[$doc:meta])* $name:ident = $code:literal { $($field:ident: $value:expr),* $(,)? })*) => {
        kernel::coded! {
            /// Which message. The code is part of the API and of the delivery log.
            Message { $($(#[$doc])* $name = $code),* }
        }

        impl Message {
            const fn declaration(self) -> &'static Declaration {
                match self {
                    $(Self::$name => &Declaration { $($field: $value),* }),*
                }
            }
        }
    };
}

messages! {
    /// In place of the print queue of domain §12.
    RedirectedLink = "REDIRECTED_LINK" {
        triggers: &[Trigger::Redirected, Trigger::DestinationChanged, Trigger::DatesChanged],
        awaiting: Some(Awaits::DestinationByLink),
        of_agreed: false,
        recipients: &[Agent],
        asks_for_action: true,
        answer_link: true,
        reply_to_coordinator: true,
        shows: &[REQUEST],
    }
    Redirected = "REDIRECTED" {
        triggers: &[Trigger::Redirected, Trigger::DestinationChanged, Trigger::DatesChanged],
        awaiting: Some(Awaits::Destination),
        of_agreed: false,
        recipients: &[Agent],
        asks_for_action: true,
        answer_link: false,
        reply_to_coordinator: true,
        shows: &[REQUEST],
    }
    /// Also when it is pending anew: the coordinator has it to decide, as when it was first sent.
    RequestSent = "REQUEST_SENT" {
        triggers: &[Trigger::Sent, Trigger::Reactivated, Trigger::Postponed, Trigger::DatesChanged],
        awaiting: Some(Awaits::Coordinator),
        of_agreed: false,
        recipients: &[Coordinator],
        asks_for_action: true,
        answer_link: false,
        reply_to_coordinator: false,
        shows: &[REQUEST],
    }
    /// To be ratified.
    AcceptedByDestination = "ACCEPTED_BY_DESTINATION" {
        triggers: &[Trigger::AcceptedByDestination],
        awaiting: None,
        of_agreed: false,
        recipients: &[Coordinator],
        asks_for_action: true,
        answer_link: false,
        reply_to_coordinator: false,
        shows: &[REQUEST],
    }
    /// To be ratified.
    DeclinedByDestination = "DECLINED_BY_DESTINATION" {
        triggers: &[Trigger::DeclinedByDestination],
        awaiting: None,
        of_agreed: false,
        recipients: &[Coordinator],
        asks_for_action: true,
        answer_link: false,
        reply_to_coordinator: false,
        shows: &[REQUEST, &[Reason]],
    }
    /// To be confirmed (N14).
    RequestAccepted = "REQUEST_ACCEPTED" {
        triggers: &[Trigger::Accepted],
        awaiting: None,
        of_agreed: false,
        recipients: &[School],
        asks_for_action: false,
        answer_link: false,
        reply_to_coordinator: false,
        shows: &[REQUEST],
    }
    /// N14.
    RequestDeclined = "REQUEST_DECLINED" {
        triggers: &[Trigger::Declined],
        awaiting: None,
        of_agreed: false,
        recipients: &[School],
        asks_for_action: false,
        answer_link: false,
        reply_to_coordinator: false,
        shows: &[REQUEST, &[Reason]],
    }
    /// The school commits.
    RequestConfirmed = "REQUEST_CONFIRMED" {
        triggers: &[Trigger::Confirmed],
        awaiting: None,
        of_agreed: false,
        recipients: &[Coordinator, Agent],
        asks_for_action: false,
        answer_link: false,
        reply_to_coordinator: false,
        shows: &[REQUEST],
    }
    /// N5.
    RequestCancelled = "REQUEST_CANCELLED" {
        triggers: &[Trigger::Cancelled],
        awaiting: None,
        of_agreed: false,
        recipients: &[Coordinator, AgentWhoSawIt, School],
        asks_for_action: false,
        answer_link: false,
        reply_to_coordinator: false,
        shows: &[REQUEST, &[Reason, Actor]],
    }
    /// What was agreed has other dates: everybody who had agreed is told (no. 21, no. 20 without resubmission).
    DatesChanged = "DATES_CHANGED" {
        triggers: &[Trigger::DatesChanged, Trigger::Postponed],
        awaiting: None,
        of_agreed: true,
        recipients: &[Coordinator, Agent, School],
        asks_for_action: false,
        answer_link: false,
        reply_to_coordinator: false,
        shows: &[REQUEST, &[Reason, Actor]],
    }
    /// What was agreed is at another unit (no. 22).
    DestinationChanged = "DESTINATION_CHANGED" {
        triggers: &[Trigger::DestinationChanged],
        awaiting: None,
        of_agreed: true,
        recipients: &[Coordinator, Agent, School],
        asks_for_action: false,
        answer_link: false,
        reply_to_coordinator: false,
        shows: &[REQUEST, &[Actor]],
    }
    /// The unit has it no longer, neither to answer nor to receive: pending again with the agency, or at another unit.
    WithdrawnFromDestination = "WITHDRAWN_FROM_DESTINATION" {
        triggers: &[Trigger::Postponed, Trigger::DatesChanged, Trigger::DestinationChanged],
        awaiting: None,
        of_agreed: false,
        recipients: &[PreviousAgent],
        asks_for_action: false,
        answer_link: false,
        reply_to_coordinator: true,
        shows: &[&[Reference, Row::School, Program, Site, Service, Dates, PreviousDates, Students, Actor]],
    }
    /// A place of some requests takes no students for a while (N17). The event names its reader.
    RequestsAffectedByClosure = "REQUESTS_AFFECTED_BY_CLOSURE" {
        triggers: &[Trigger::RequestsAffectedByClosure],
        awaiting: None,
        of_agreed: false,
        recipients: &[School],
        asks_for_action: false,
        answer_link: false,
        reply_to_coordinator: false,
        shows: &[&[Place, Dates, Reason]],
    }
}

/// A message to somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Addressed {
    pub(crate) message: Message,
    /// `None` when the request names nobody, which is logged as undeliverable.
    pub(crate) recipient: Option<PersonId>,
}

/// The messages that an event of a request triggers. Nobody is mailed about what they did themselves, nobody twice about the
/// same.
pub(crate) fn triggered(trigger: Trigger, facts: &Facts) -> Vec<Addressed> {
    let mut messages: Vec<Addressed> = Vec::new();
    for message in Message::ALL.iter().filter(|message| message.is_triggered(trigger, facts)) {
        let declaration = message.declaration();
        for recipient in declaration.recipients.iter().map(|recipient| recipient.person(facts)) {
            let is_own = recipient.is_some() && recipient == facts.actor;
            let is_needless = recipient.is_none() && !declaration.asks_for_action;
            let addressed = Addressed { message: *message, recipient };
            if !is_own && !is_needless && !messages.contains(&addressed) {
                messages.push(addressed);
            }
        }
    }
    messages
}

impl Recipient {
    fn person(self, facts: &Facts) -> Option<PersonId> {
        match self {
            School => facts.placing_coordinator,
            Coordinator => facts.receiving_coordinator,
            Agent => facts.agent,
            AgentWhoSawIt => facts.agent.filter(|_| facts.reached_destination),
            PreviousAgent => facts.previous_agent.filter(|previous| Some(*previous) != facts.agent),
        }
    }
}

impl Message {
    /// The beginning of its keys in the catalogues: `redirected-link`.
    pub(crate) fn key(self) -> String {
        self.code().to_lowercase().replace('_', "-")
    }

    /// Whether it is about one request; else it is about a closure.
    pub(crate) fn is_about_request(self) -> bool {
        !self.declaration().triggers.contains(&Trigger::RequestsAffectedByClosure)
    }

    /// Whether the one who reads it finds the request in Tandem.
    pub(crate) fn reader_sees_request(self) -> bool {
        self != Self::WithdrawnFromDestination
    }

    pub(crate) const fn has_answer_link(self) -> bool {
        self.declaration().answer_link
    }

    pub(crate) const fn reply_to_coordinator(self) -> bool {
        self.declaration().reply_to_coordinator
    }

    /// What it shows, in this order.
    pub(crate) fn rows(self) -> impl Iterator<Item = Row> {
        self.declaration().shows.iter().copied().flatten().copied()
    }

    fn is_triggered(self, trigger: Trigger, facts: &Facts) -> bool {
        let declaration = self.declaration();
        let is_awaited = declaration.awaiting.is_none_or(|awaits| facts.awaits == Some(awaits));
        // Other dates ask for an answer only where they have made the request pending; otherwise it has been asked for.
        let is_news = declaration.awaiting.is_none() || trigger != Trigger::DatesChanged || facts.state_changed;
        let is_agreed = !declaration.of_agreed || (facts.was_agreed && facts.agreement.is_some());
        is_awaited && is_news && is_agreed && declaration.triggers.contains(&trigger)
    }
}

#[cfg(test)]
mod tests;
