//! Until a request has left the school: made, changed, deleted, sent, released.

use std::collections::BTreeSet;

use jiff::civil::Date;
use kernel::{DestinationId, PlacementRequestId};

use super::{Now, Transition};
use crate::requests::domain::{
    Action, Actor, Checked, Content, Delivery, Entry, EntryKind, Origin, PlacementRequest, Receiver, Reference,
    Refused, Role, Since, State, Status,
};

/// What a new draft starts with.
#[derive(Clone, Debug)]
pub struct NewRequest {
    pub id: PlacementRequestId,
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
            moved: None,
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
        Ok(self.next(Action::Update, State::Draft { wish }, by, at))
    }

    /// No. 18.
    ///
    /// # Errors
    /// If it is neither draft nor untouched.
    pub fn delete(self, by: Actor, at: Now) -> Result<Transition, Refused> {
        self.guard(Action::Delete, by.role, at.today)?;
        let wish = self.destination();
        Ok(self.next(Action::Delete, State::Deleted { wish }, by, at))
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
        let state = match release_date.filter(|day| self.waits_for(*day, at.today)) {
            Some(release_on) => State::Held { wish: self.destination(), release_on },
            None => self.delivered(receiver),
        };
        Ok(self.next(Action::Send, state, by, at).on_behalf(permit.on_behalf))
    }

    /// No. 3, when the day has come.
    ///
    /// # Errors
    /// If it is not held, or held for longer.
    pub fn release(mut self, receiver: Receiver, at: Now) -> Result<Transition, Refused> {
        self.guard(Action::Release, Role::System, at.today)?;
        let state = self.delivered(receiver);
        Ok(self.next(Action::Release, state, Actor::SYSTEM, at))
    }

    /// Whether a common release date holds it back. A quick entry stands at its receiver's already.
    fn waits_for(&self, release_date: Date, today: Date) -> bool {
        self.content.use_release_date && self.origin == Origin::PlacingAgency && release_date > today
    }
}
