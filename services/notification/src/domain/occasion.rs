//! Which event mails whom: the one table of the service.

use kernel::PersonId;

use super::{Facts, RequestState, Template};

/// What happened to a request: the events that notification acts on. Off-line sending is absent on purpose: the school asks
/// such an agency by itself (domain §12).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occasion {
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

/// One mail to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mail {
    /// Which.
    pub template: Template,
    /// To whom; `None` when the request names nobody, which is logged as undeliverable.
    pub recipient: Option<PersonId>,
}

impl Occasion {
    /// The mails that an event calls for. Nobody is mailed about an own act, nobody twice about the same.
    #[must_use]
    pub fn mails(self, facts: &Facts) -> Vec<Mail> {
        let mut mails: Vec<Mail> = Vec::new();
        for (template, recipient) in self.wanted(facts) {
            let own_act = recipient.is_some() && recipient == facts.actor;
            let nobody = recipient.is_none() && !template.asks_for_action();
            let mail = Mail { template, recipient };
            if !own_act && !nobody && !mails.contains(&mail) {
                mails.push(mail);
            }
        }
        mails
    }

    fn wanted(self, facts: &Facts) -> Vec<(Template, Option<PersonId>)> {
        let (school, coordinator, agent) = (facts.placing_coordinator, facts.receiving_coordinator, facts.agent);
        match self {
            Self::Sent => vec![(Template::RequestSent, coordinator)],
            Self::Redirected | Self::DestinationChanged => to_destination(facts),
            Self::AcceptedByDestination => vec![(Template::AcceptedByDestination, coordinator)],
            Self::DeclinedByDestination => vec![(Template::DeclinedByDestination, coordinator)],
            Self::Accepted => vec![(Template::RequestAccepted, school)],
            Self::Declined => vec![(Template::RequestDeclined, school)],
            Self::Confirmed => vec![(Template::RequestConfirmed, coordinator), (Template::RequestConfirmed, agent)],
            Self::Cancelled => {
                let reached = facts.previous_state.is_none_or(RequestState::has_reached_destination);
                let agent = if reached { agent } else { None };
                [coordinator, agent, school].map(|person| (Template::RequestCancelled, person)).to_vec()
            }
            // Pending anew: the coordinator has it to decide, as when it was first sent.
            Self::Reactivated | Self::Postponed if facts.state == RequestState::Sent => {
                vec![(Template::RequestSent, coordinator)]
            }
            Self::Reactivated | Self::Postponed | Self::DatesChanged => Vec::new(),
        }
    }
}

fn to_destination(facts: &Facts) -> Vec<(Template, Option<PersonId>)> {
    match facts.state {
        RequestState::RedirectedOffline => vec![(Template::RedirectedLink, facts.agent)],
        RequestState::Redirected | RequestState::RedirectedAutomatically => vec![(Template::Redirected, facts.agent)],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::facts::tests::facts;
    use super::*;

    fn told(occasion: Occasion, facts: &Facts) -> Vec<(Template, Option<PersonId>)> {
        occasion.mails(facts).into_iter().map(|m| (m.template, m.recipient)).collect()
    }

    #[test]
    fn the_state_decides_between_link_and_mail() {
        let mut facts = facts();
        assert_eq!(told(Occasion::Redirected, &facts), [(Template::RedirectedLink, facts.agent)]);
        facts.state = RequestState::RedirectedAutomatically;
        assert_eq!(told(Occasion::Redirected, &facts), [(Template::Redirected, facts.agent)]);
    }

    #[test]
    fn a_missing_agent_is_logged_where_an_answer_is_awaited_and_skipped_elsewhere() {
        let mut facts = Facts { agent: None, ..facts() };
        assert_eq!(told(Occasion::Redirected, &facts), [(Template::RedirectedLink, None)]);
        facts.actor = facts.placing_coordinator;
        assert_eq!(told(Occasion::Confirmed, &facts), [(Template::RequestConfirmed, facts.receiving_coordinator)]);
    }

    #[test]
    fn nobody_is_mailed_about_an_own_act() {
        let mut facts = facts();
        for actor in [facts.placing_coordinator, facts.receiving_coordinator, facts.agent] {
            facts.actor = actor;
            facts.previous_state = Some(RequestState::Confirmed);
            let told = told(Occasion::Cancelled, &facts);
            assert_eq!(told.len(), 2, "{told:?}");
            assert!(told.iter().all(|(_, person)| *person != actor));
        }
    }

    #[test]
    fn an_agent_who_never_saw_a_request_is_not_told_of_its_end() {
        let facts = Facts { previous_state: Some(RequestState::Sent), actor: None, ..facts() };
        assert!(told(Occasion::Cancelled, &facts).iter().all(|(_, person)| *person != facts.agent));
    }

    #[test]
    fn one_person_in_two_roles_gets_one_mail() {
        let base = facts();
        let facts = Facts { agent: base.receiving_coordinator, actor: base.placing_coordinator, ..base };
        assert_eq!(told(Occasion::Confirmed, &facts).len(), 1);
    }

    #[test]
    fn what_is_pending_anew_is_told_and_what_merely_moved_is_not() {
        let sent = Facts { state: RequestState::Sent, actor: None, ..facts() };
        assert_eq!(told(Occasion::Postponed, &sent), [(Template::RequestSent, sent.receiving_coordinator)]);
        assert_eq!(told(Occasion::Reactivated, &sent), [(Template::RequestSent, sent.receiving_coordinator)]);
        let kept = Facts { state: RequestState::Confirmed, ..sent };
        assert_eq!(told(Occasion::Postponed, &kept), []);
        assert_eq!(told(Occasion::DatesChanged, &kept), []);
        assert_eq!(told(Occasion::DestinationChanged, &kept), []);
    }
}
