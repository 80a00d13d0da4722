//! Which event triggers which message, and whom it is for.

use kernel::PersonId;

use super::{Facts, Message, RequestState};

/// What happened to a request: the events that notification acts on. Off-line sending is absent on purpose: the school asks
/// such an agency by itself (domain §12).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trigger {
    /// Waits for the receiving coordinator.
    Sent,
    /// Waits for the destination; the state says in which way.
    Redirected,
    /// The destination said yes.
    AcceptedByDestination,
    /// The destination said no.
    DeclinedByDestination,
    /// The agency said yes.
    Accepted,
    /// The agency said no.
    Declined,
    /// The school committed.
    Confirmed,
    /// Stopped.
    Cancelled,
    /// Pending again after a cancellation.
    Reactivated,
    /// Dates moved; pending again if resubmitted.
    Postponed,
    /// Dates changed, the state stayed: told on screen, not by mail.
    DatesChanged,
    /// The unit changed, the state stayed.
    DestinationChanged,
}

/// A message to somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Addressed {
    pub(crate) message: Message,
    /// `None` when the request names nobody, which is logged as undeliverable.
    pub(crate) recipient: Option<PersonId>,
}

impl Trigger {
    /// The messages that an event triggers. Nobody is mailed about what they did themselves, nobody twice about the same.
    pub(crate) fn messages(self, facts: &Facts) -> Vec<Addressed> {
        let mut messages: Vec<Addressed> = Vec::new();
        for (message, recipient) in self.wanted(facts) {
            let is_own = recipient.is_some() && recipient == facts.actor;
            let nobody = recipient.is_none() && !message.asks_for_action();
            let addressed = Addressed { message, recipient };
            if !is_own && !nobody && !messages.contains(&addressed) {
                messages.push(addressed);
            }
        }
        messages
    }

    fn wanted(self, facts: &Facts) -> Vec<(Message, Option<PersonId>)> {
        let (school, coordinator, agent) = (facts.placing_coordinator, facts.receiving_coordinator, facts.agent);
        match self {
            Self::Sent => vec![(Message::RequestSent, coordinator)],
            Self::Redirected | Self::DestinationChanged => to_destination(facts),
            Self::AcceptedByDestination => vec![(Message::AcceptedByDestination, coordinator)],
            Self::DeclinedByDestination => vec![(Message::DeclinedByDestination, coordinator)],
            Self::Accepted => vec![(Message::RequestAccepted, school)],
            Self::Declined => vec![(Message::RequestDeclined, school)],
            Self::Confirmed => vec![(Message::RequestConfirmed, coordinator), (Message::RequestConfirmed, agent)],
            Self::Cancelled => {
                let reached = facts.previous_state.is_none_or(RequestState::has_reached_destination);
                let agent = if reached { agent } else { None };
                [coordinator, agent, school].map(|person| (Message::RequestCancelled, person)).to_vec()
            }
            // Pending anew: the coordinator has it to decide, as when it was first sent.
            Self::Reactivated | Self::Postponed if facts.state == RequestState::Sent => {
                vec![(Message::RequestSent, coordinator)]
            }
            Self::Reactivated | Self::Postponed | Self::DatesChanged => Vec::new(),
        }
    }
}

fn to_destination(facts: &Facts) -> Vec<(Message, Option<PersonId>)> {
    match facts.state {
        RequestState::RedirectedOffline => vec![(Message::RedirectedLink, facts.agent)],
        RequestState::Redirected | RequestState::RedirectedAutomatically => vec![(Message::Redirected, facts.agent)],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::facts::tests::facts;
    use super::*;

    fn sent(trigger: Trigger, facts: &Facts) -> Vec<(Message, Option<PersonId>)> {
        trigger.messages(facts).into_iter().map(|m| (m.message, m.recipient)).collect()
    }

    #[test]
    fn the_state_decides_between_link_and_mail() {
        let mut facts = facts();
        assert_eq!(sent(Trigger::Redirected, &facts), [(Message::RedirectedLink, facts.agent)]);
        facts.state = RequestState::RedirectedAutomatically;
        assert_eq!(sent(Trigger::Redirected, &facts), [(Message::Redirected, facts.agent)]);
    }

    #[test]
    fn a_missing_agent_is_logged_where_an_answer_is_awaited_and_skipped_elsewhere() {
        let mut facts = Facts { agent: None, ..facts() };
        assert_eq!(sent(Trigger::Redirected, &facts), [(Message::RedirectedLink, None)]);
        facts.actor = facts.placing_coordinator;
        assert_eq!(sent(Trigger::Confirmed, &facts), [(Message::RequestConfirmed, facts.receiving_coordinator)]);
    }

    #[test]
    fn nobody_is_mailed_about_what_they_did_themselves() {
        let mut facts = facts();
        for actor in [facts.placing_coordinator, facts.receiving_coordinator, facts.agent] {
            facts.actor = actor;
            facts.previous_state = Some(RequestState::Confirmed);
            let sent = sent(Trigger::Cancelled, &facts);
            assert_eq!(sent.len(), 2, "{sent:?}");
            assert!(sent.iter().all(|(_, person)| *person != actor));
        }
    }

    #[test]
    fn an_agent_who_never_saw_a_request_is_not_told_of_its_end() {
        let facts = Facts { previous_state: Some(RequestState::Sent), actor: None, ..facts() };
        assert!(sent(Trigger::Cancelled, &facts).iter().all(|(_, person)| *person != facts.agent));
    }

    #[test]
    fn one_person_in_two_roles_gets_one_mail() {
        let base = facts();
        let facts = Facts { agent: base.receiving_coordinator, actor: base.placing_coordinator, ..base };
        assert_eq!(sent(Trigger::Confirmed, &facts).len(), 1);
    }

    #[test]
    fn what_is_pending_anew_is_told_and_what_merely_moved_is_not() {
        let anew = Facts { state: RequestState::Sent, actor: None, ..facts() };
        assert_eq!(sent(Trigger::Postponed, &anew), [(Message::RequestSent, anew.receiving_coordinator)]);
        assert_eq!(sent(Trigger::Reactivated, &anew), [(Message::RequestSent, anew.receiving_coordinator)]);
        let kept = Facts { state: RequestState::Confirmed, ..anew };
        assert_eq!(sent(Trigger::Postponed, &kept), []);
        assert_eq!(sent(Trigger::DatesChanged, &kept), []);
        assert_eq!(sent(Trigger::DestinationChanged, &kept), []);
    }
}
