//! What changes while the state stays: dates, the unit, words.

use kernel::DateRange;

use super::{Now, Transition};
use crate::requests::domain::{
    Action, Actor, Delivery, PlacementRequest, Refused, State, Unit, references::check_start,
};

impl PlacementRequest {
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
        Ok(self.next(Action::ChangeDates, state, by, at))
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
        Ok(self.next(Action::ChangeDestination, state, by, at))
    }

    /// Says something; nothing else changes.
    ///
    /// # Errors
    /// Before it was sent, and where the one who speaks does not see it.
    pub fn comment(self, by: Actor, comment: String, at: Now) -> Result<Transition, Refused> {
        self.guard(Action::Comment, by.role, at.today)?;
        let state = self.state.clone();
        Ok(self.next(Action::Comment, state, by, at).saying(None, comment))
    }
}
