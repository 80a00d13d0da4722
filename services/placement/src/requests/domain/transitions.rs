//! The transitions of domain §7.4. Each consumes the request, asks the guard, and answers the next one with the entry for
//! its history, or why not.

use std::collections::BTreeSet;

use jiff::{Timestamp, civil::Date};
use kernel::{DateRange, DestinationId, Invalid, PersonId, PlacementRequestId};

use super::{
    Action, Actor, Checked, Content, Decision, Delivery, Entry, EntryKind, Origin, PlacementRequest, Receiver,
    Reference, Refusal, Refused, Role, Since, State, Status, Tag, Unit, references::check_start, view,
};

/// When a transition happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    /// The instant, for the record.
    pub now: Timestamp,
    /// The day in the province, for rules.
    pub today: Date,
}

/// A request after a transition, and what its history gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transition {
    /// After it.
    pub request: PlacementRequest,
    /// What happened.
    pub entry: Entry,
    /// The unit that it was taken from, if any.
    pub left: Option<DestinationId>,
}

/// What a new draft starts with.
#[derive(Clone, Debug)]
pub struct NewRequest {
    /// Its id.
    pub id: PlacementRequestId,
    /// Its reference.
    pub reference: Reference,
    /// How it comes to be.
    pub origin: Origin,
    /// What is asked for.
    pub content: Content,
    /// The unit that is wished for.
    pub wish: Option<DestinationId>,
}

impl PlacementRequest {
    /// No. 1. Who may make one is the use case's question, since there is no request yet.
    #[must_use]
    pub fn draft(new: NewRequest, checked: &Checked, by: Actor, at: Now) -> Transition {
        let request = Self {
            id: new.id,
            reference: new.reference,
            origin: new.origin,
            placing_agency: checked.program.school,
            receiving_agency: checked.site.agency,
            placing_coordinator: by.person.filter(|_| new.origin == Origin::PlacingAgency),
            receiving_coordinator: checked.receiver().coordinator(),
            content: new.content,
            state: State::Draft { wish: new.wish },
            tags: BTreeSet::new(),
            acted_on: false,
            since: Since::of(at.today),
            created_at: at.now,
            updated_at: at.now,
            version: 1,
            school_version: 1,
            school_updated_at: at.now,
            asked: Delivery::Electronic,
        };
        let on_behalf = new.origin == Origin::ReceivingAgency;
        let entry = Entry {
            kind: EntryKind::Drafted,
            by,
            from: None,
            to: Status::Draft,
            reason: None,
            comment: String::new(),
            on_behalf,
        };
        Transition { request, entry, left: None }
    }

    /// Changes a draft to a content whose references were found good.
    ///
    /// # Errors
    /// If it is no draft any more.
    pub fn update(
        mut self,
        by: Actor,
        content: Content,
        wish: Option<DestinationId>,
        checked: &Checked,
        at: Now,
    ) -> Result<Transition, Refused> {
        self.guard(Action::Update, by.role, at.today)?;
        self.content = content;
        self.placing_agency = checked.program.school;
        self.receiving_agency = checked.site.agency;
        self.receiving_coordinator = checked.receiver().coordinator();
        Ok(self.next(State::Draft { wish }, EntryKind::Updated, by, at))
    }

    /// No. 18.
    ///
    /// # Errors
    /// If it is neither draft nor untouched.
    pub fn delete(self, by: Actor, at: Now) -> Result<Transition, Refused> {
        self.guard(Action::Delete, by.role, at.today)?;
        let wish = self.destination();
        Ok(self.next(State::Deleted { wish }, EntryKind::Deleted, by, at))
    }

    /// Nos. 2 to 4. A common release date holds back whatever asks for it, whoever the receiver is: equal chances.
    ///
    /// # Errors
    /// If it is no draft.
    pub fn send(
        mut self,
        by: Actor,
        receiver: Receiver,
        release_date: Option<Date>,
        at: Now,
    ) -> Result<Transition, Refused> {
        let permit = self.guard(Action::Send, by.role, at.today)?;
        let step = match release_date.filter(|day| self.waits_for(*day, at.today)) {
            Some(release_on) => {
                let wish = self.destination();
                self.next(State::Held { wish, release_on }, EntryKind::Held, by, at)
            }
            None => {
                let (state, kind) = self.delivered(receiver);
                self.next(state, kind, by, at)
            }
        };
        Ok(step.on_behalf(permit.on_behalf))
    }

    /// No. 3, when the day has come.
    ///
    /// # Errors
    /// If it is not held, or held for longer.
    pub fn release(mut self, receiver: Receiver, at: Now) -> Result<Transition, Refused> {
        self.guard(Action::Release, Role::System, at.today)?;
        let (state, kind) = self.delivered(receiver);
        Ok(self.next(state, kind, Actor::SYSTEM, at))
    }

    /// Nos. 5 and 6.
    ///
    /// # Errors
    /// If it is not with the coordinator.
    pub fn redirect(
        self,
        by: Actor,
        unit: Unit,
        is_user: bool,
        comment: String,
        at: Now,
    ) -> Result<Transition, Refused> {
        self.guard(Action::Redirect, by.role, at.today)?;
        let (delivery, kind) = if is_user {
            (Delivery::Electronic, EntryKind::Redirected)
        } else {
            (Delivery::Offline, EntryKind::RedirectedOffline)
        };
        Ok(self.next(State::Redirected { unit, delivery }, kind, by, at).saying(None, comment))
    }

    /// No. 7: only to a destination that is a user, since nobody would be there to send the mail.
    ///
    /// # Errors
    /// If it is not sent.
    pub fn redirect_automatically(self, unit: Unit, at: Now) -> Result<Transition, Refused> {
        self.guard(Action::RedirectAutomatically, Role::System, at.today)?;
        let state = State::Redirected { unit, delivery: Delivery::Automatic };
        Ok(self.next(state, EntryKind::RedirectedAutomatically, Actor::SYSTEM, at))
    }

    /// Nos. 8, 9 and 12.
    ///
    /// # Errors
    /// If it does not wait for the destination, or for this role there.
    pub fn answer_at_destination(self, by: Actor, decision: Decision, at: Now) -> Result<Transition, Refused> {
        let action = decision.at_destination();
        let permit = self.guard(action, by.role, at.today)?;
        let unit = self.state.unit().ok_or_else(|| self.invalid(action))?;
        let (reason, comment) = (decision.reason().cloned(), decision.comment().to_owned());
        let (state, kind) = match decision {
            Decision::Accept(answer) => {
                (State::AcceptedByDestination { unit, answer }, EntryKind::AcceptedByDestination)
            }
            Decision::Decline(refusal) => {
                (State::DeclinedByDestination { unit, refusal }, EntryKind::DeclinedByDestination)
            }
        };
        Ok(self.next(state, kind, by, at).saying(reason, comment).on_behalf(permit.on_behalf))
    }

    /// Nos. 9 to 11, 13 and 14. `agent` is who answers for the unit that was only wished for, if there is one.
    ///
    /// # Errors
    /// If the agency has answered already, or not through this role.
    pub fn answer_for_agency(
        self,
        by: Actor,
        decision: Decision,
        agent: Option<PersonId>,
        at: Now,
    ) -> Result<Transition, Refused> {
        let action = decision.for_agency();
        let permit = self.guard(action, by.role, at.today)?;
        let unit = self.state.unit().or_else(|| self.destination().map(|destination| Unit { destination, agent }));
        let (reason, comment) = (decision.reason().cloned(), decision.comment().to_owned());
        let (state, kind) = match decision {
            Decision::Accept(answer) => (State::Accepted { unit, answer }, EntryKind::Accepted),
            Decision::Decline(refusal) => (State::Declined { unit, refusal }, EntryKind::Declined),
        };
        Ok(self.next(state, kind, by, at).saying(reason, comment).on_behalf(permit.on_behalf))
    }

    /// Nos. 15 and 16.
    ///
    /// # Errors
    /// If it is not accepted, or a coordinator confirms what is not a quick entry.
    pub fn confirm(self, by: Actor, at: Now) -> Result<Transition, Refused> {
        let permit = self.guard(Action::Confirm, by.role, at.today)?;
        let State::Accepted { unit, ref answer } = self.state else { return Err(self.invalid(Action::Confirm)) };
        let answer = answer.clone();
        Ok(self.next(State::Confirmed { unit, answer }, EntryKind::Confirmed, by, at).on_behalf(permit.on_behalf))
    }

    /// No. 17.
    ///
    /// # Errors
    /// If it is not under way.
    pub fn cancel(self, by: Actor, refusal: Refusal, at: Now) -> Result<Transition, Refused> {
        self.guard(Action::Cancel, by.role, at.today)?;
        let unit =
            self.state.unit().or_else(|| self.destination().map(|destination| Unit { destination, agent: None }));
        let (reason, comment) = (Some(refusal.reason.clone()), refusal.comment.clone());
        Ok(self.next(State::Cancelled { unit, refusal }, EntryKind::Cancelled, by, at).saying(reason, comment))
    }

    /// No. 23: pending again.
    ///
    /// # Errors
    /// If it is not cancelled, or its last day has come.
    pub fn reactivate(
        mut self,
        by: Actor,
        receiver: Receiver,
        comment: String,
        at: Now,
    ) -> Result<Transition, Refused> {
        self.guard(Action::Reactivate, by.role, at.today)?;
        let (state, _) = self.delivered(receiver);
        Ok(self.next(state, EntryKind::Reactivated, by, at).saying(None, comment))
    }

    /// No. 20: later dates; pending again if resubmitted, else the state stays (domain §7.7).
    ///
    /// # Errors
    /// If it is not accepted, or the new start is not later (`NOT_LATER`) or past (`START_IN_PAST`).
    pub fn postpone(
        mut self,
        by: Actor,
        dates: DateRange,
        resubmitted_to: Option<Receiver>,
        comment: String,
        at: Now,
    ) -> Result<Transition, Refused> {
        self.guard(Action::Postpone, by.role, at.today)?;
        if dates.start() <= self.content.dates.start() {
            return Err(Invalid::field("start_date", "NOT_LATER").into());
        }
        if dates.start() < at.today {
            return Err(Invalid::field("start_date", "START_IN_PAST").into());
        }
        self.content.dates = dates;
        self.tags.insert(Tag::Postpone);
        let state = match resubmitted_to {
            Some(receiver) => self.delivered(receiver).0,
            None => self.state.clone(),
        };
        Ok(self.next(state, EntryKind::Postponed, by, at).saying(None, comment))
    }

    /// No. 21.
    ///
    /// # Errors
    /// If it is not open, or a start is moved into the past (`START_IN_PAST`).
    pub fn change_dates(mut self, by: Actor, dates: DateRange, at: Now) -> Result<Transition, Refused> {
        self.guard(Action::ChangeDates, by.role, at.today)?;
        if dates.start() != self.content.dates.start() {
            check_start("start_date", self.origin, dates.start(), at.today)?;
        }
        self.content.dates = dates;
        let state = self.state.clone();
        Ok(self.next(state, EntryKind::DatesChanged, by, at))
    }

    /// No. 22. A request that waits for the destination goes to the new one by the way that reaches it.
    ///
    /// # Errors
    /// If it is not open or not yet with the receiving side.
    pub fn change_destination(mut self, by: Actor, unit: Unit, is_user: bool, at: Now) -> Result<Transition, Refused> {
        self.guard(Action::ChangeDestination, by.role, at.today)?;
        // Also where the unit has answered: the school must not read that from the way which did not change.
        self.asked = match (is_user, self.asked) {
            (false, _) => Delivery::Offline,
            (true, Delivery::Automatic) => Delivery::Automatic,
            (true, _) => Delivery::Electronic,
        };
        let state = match self.state.clone() {
            State::Redirected { .. } => State::Redirected { unit, delivery: self.asked },
            State::AcceptedByDestination { answer, .. } => State::AcceptedByDestination { unit, answer },
            State::DeclinedByDestination { refusal, .. } => State::DeclinedByDestination { unit, refusal },
            State::Accepted { answer, .. } => State::Accepted { unit: Some(unit), answer },
            State::Confirmed { answer, .. } => State::Confirmed { unit: Some(unit), answer },
            State::Sent { .. } => State::Sent { wish: Some(unit.destination) },
            State::Draft { .. }
            | State::Held { .. }
            | State::SentOffline { .. }
            | State::Declined { .. }
            | State::Cancelled { .. }
            | State::Deleted { .. } => return Err(self.invalid(Action::ChangeDestination)),
        };
        Ok(self.next(state, EntryKind::DestinationChanged, by, at))
    }

    /// Says something; nothing else changes.
    ///
    /// # Errors
    /// Before it was sent, and where the one who speaks does not see it.
    pub fn comment(self, by: Actor, comment: String, at: Now) -> Result<Transition, Refused> {
        self.guard(Action::Comment, by.role, at.today)?;
        let state = self.state.clone();
        Ok(self.next(state, EntryKind::Commented, by, at).saying(None, comment))
    }

    /// Whether a common release date holds it back. A quick entry stands at its receiver's already.
    fn waits_for(&self, release_date: Date, today: Date) -> bool {
        self.content.use_release_date && self.origin == Origin::PlacingAgency && release_date > today
    }

    /// Pending with the receiving agency, with the unit that was named last as the wish.
    fn delivered(&mut self, receiver: Receiver) -> (State, EntryKind) {
        let wish = self.destination();
        self.receiving_coordinator = receiver.coordinator();
        if receiver.is_user {
            (State::Sent { wish }, EntryKind::Sent)
        } else {
            (State::SentOffline { wish }, EntryKind::SentOffline)
        }
    }

    fn next(mut self, state: State, kind: EntryKind, by: Actor, at: Now) -> Transition {
        let from = Some(self.status());
        self.acted_on |= match kind {
            EntryKind::Redirected
            | EntryKind::RedirectedOffline
            | EntryKind::RedirectedAutomatically
            | EntryKind::AcceptedByDestination
            | EntryKind::DeclinedByDestination
            | EntryKind::Accepted
            | EntryKind::Declined
            | EntryKind::DestinationChanged => true,
            EntryKind::DatesChanged | EntryKind::Commented => by.role != Role::PlacingCoordinator,
            _ => false,
        };
        let (before, unit) = (self.status(), self.state.unit());
        self.state = state;
        self.updated_at = at.now;
        self.version += 1;
        let to = self.status();
        self.since = self.since.after(kind, before, to, at.today);
        if !view::is_internal(kind) {
            self.school_version += 1;
            self.school_updated_at = at.now;
        }
        if let State::Redirected { delivery, .. } = self.state {
            self.asked = delivery;
        }
        let entry = Entry { kind, by, from, to, reason: None, comment: String::new(), on_behalf: false };
        let left = unit.map(|unit| unit.destination).filter(|unit| self.place().destination != Some(*unit));
        Transition { request: self, entry, left }
    }

    /// What the guard would have said, where the types still ask.
    fn invalid(&self, action: Action) -> Refused {
        Refused::InvalidTransition { from: self.status(), to: action.target(self.status()) }
    }
}

impl Transition {
    fn saying(mut self, reason: Option<super::ReasonCode>, comment: String) -> Self {
        self.entry.reason = reason;
        self.entry.comment = comment;
        self
    }

    fn on_behalf(mut self, on_behalf: bool) -> Self {
        self.entry.on_behalf = on_behalf;
        self
    }
}
