//! The transitions of domain §7.4. Each consumes the request, asks the guard, and answers the next one with the entry for
//! its history, or why not.

mod answers;
mod changes;
mod drafts;
mod lifecycle;

use jiff::{Timestamp, civil::Date};
use kernel::DateRange;

use super::{Action, Actor, Audience, Entry, MovedDates, PlacementRequest, ReasonCode, Receiver, Refused, State, Unit};

pub use drafts::NewRequest;

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
    /// The unit that it was taken from, if any, with whoever answered for it.
    pub left: Option<Unit>,
}

impl PlacementRequest {
    /// Pending with the receiving agency, with the unit that was named last as the wish.
    fn delivered(&mut self, receiver: Receiver) -> State {
        let wish = self.destination();
        self.receiving_coordinator = receiver.coordinator();
        if receiver.is_user { State::Sent { wish } } else { State::SentOffline { wish } }
    }

    fn next(mut self, action: Action, state: State, by: Actor, at: Now) -> Transition {
        self.acted_on |= action.is_acted_on(by.role);
        let (from, unit) = (self.status(), self.state.unit());
        self.state = state;
        self.updated_at = at.now;
        self.version += 1;
        let to = self.status();
        let kind = action.entry(to);
        self.since = self.since.after(kind, from, to, at.today);
        if action.declaration().audience != Audience::ReceivingSide {
            self.school_version += 1;
            self.school_updated_at = at.now;
        }
        if let State::Redirected { delivery, .. } = self.state {
            self.asked = delivery;
        }
        let (comment, on_behalf) = (String::new(), false);
        let entry = Entry { kind, by, from: Some(from), to, reason: None, comment, on_behalf, moved: None };
        let left = unit.filter(|unit| self.place().destination != Some(unit.destination));
        Transition { request: self, entry, left }
    }

    /// What the guard would have said, where the types still ask.
    fn invalid(&self, action: Action) -> Refused {
        Refused::InvalidTransition { from: self.status(), to: action.target(self.status()) }
    }
}

impl Transition {
    fn saying(mut self, reason: Option<ReasonCode>, comment: String) -> Self {
        self.entry.reason = reason;
        self.entry.comment = comment;
        self
    }

    /// Its dates were others before.
    fn moved_from(mut self, from: DateRange) -> Self {
        self.entry.moved = Some(MovedDates { from, to: self.request.content.dates });
        self
    }

    fn on_behalf(mut self, on_behalf: bool) -> Self {
        self.entry.on_behalf = on_behalf;
        self
    }
}
