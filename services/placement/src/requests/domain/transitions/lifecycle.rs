//! The way of a request that was sent: redirected, cancelled, brought back, postponed.

use kernel::Invalid;

use super::{Now, Transition};
use crate::requests::domain::{
    Action, Actor, Delivery, NewDates, PlacementRequest, Receiver, Refusal, Refused, Role, State, Tag, Unit,
};

impl PlacementRequest {
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
        let delivery = if is_user { Delivery::Electronic } else { Delivery::Offline };
        Ok(self.next(Action::Redirect, State::Redirected { unit, delivery }, by, at).saying(None, comment))
    }

    /// No. 7: only to a destination that is a user, since nobody would be there to send the mail.
    ///
    /// # Errors
    /// If it is not sent.
    pub fn redirect_automatically(self, unit: Unit, at: Now) -> Result<Transition, Refused> {
        self.guard(Action::RedirectAutomatically, Role::System, at.today)?;
        let state = State::Redirected { unit, delivery: Delivery::Automatic };
        Ok(self.next(Action::RedirectAutomatically, state, Actor::SYSTEM, at))
    }

    /// No. 17.
    ///
    /// # Errors
    /// If it is not under way.
    pub fn cancel(self, by: Actor, refusal: Refusal, at: Now) -> Result<Transition, Refused> {
        self.guard(Action::Cancel, by.role, at.today)?;
        let intended = self.state.intended();
        let (reason, comment) = (Some(refusal.reason.clone()), refusal.comment.clone());
        Ok(self.next(Action::Cancel, State::Cancelled { intended, refusal }, by, at).saying(reason, comment))
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
        let state = self.delivered(receiver);
        Ok(self.next(Action::Reactivate, state, by, at).saying(None, comment))
    }

    /// No. 20: later dates; pending again if resubmitted, else the state stays (domain §7.7).
    ///
    /// # Errors
    /// If it is not accepted, or the new start is not later (`NOT_LATER`) or past (`START_IN_PAST`); where the hours do not fit.
    pub fn postpone(
        mut self,
        by: Actor,
        to: NewDates,
        resubmitted_to: Option<Receiver>,
        comment: String,
        at: Now,
    ) -> Result<Transition, Refused> {
        self.guard(Action::Postpone, by.role, at.today)?;
        let before = self.content.dates;
        if to.dates.start() <= before.start() {
            return Err(Invalid::field("start_date", "NOT_LATER").into());
        }
        if to.dates.start() < at.today {
            return Err(Invalid::field("start_date", "START_IN_PAST").into());
        }
        self.content.move_to(to)?;
        self.tags.insert(Tag::Postpone);
        let state = match resubmitted_to {
            Some(receiver) => self.delivered(receiver),
            None => self.state.clone(),
        };
        Ok(self.next(Action::Postpone, state, by, at).saying(None, comment).moved_from(before))
    }
}
