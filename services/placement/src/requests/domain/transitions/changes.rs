//! What changes of a request that goes on: dates, the unit, words; and whom that asks anew.

use jiff::civil::Date;
use kernel::{DateRange, Invalid};

use super::{Now, Transition};
use crate::requests::domain::{
    Action, Actor, Delivery, Explanation, NewDates, Origin, PlacementRequest, Receiver, Refused, Role, State, Tag, Unit,
};

impl PlacementRequest {
    /// No. 21. An agreement holds for the days for which it was made: days that are added are asked for anew, by `receiver` where the
    /// agency has to answer again, and one that only becomes shorter is cancelled in part, for a reason (domain §7.7).
    ///
    /// # Errors
    /// If it is not open; `DATES_UNCHANGED`; if a day that is added has passed (`START_IN_PAST`, `END_IN_PAST`); if an agreed placement
    /// is shortened without `reason_code` (`REASON_TO_SHORTEN_REQUIRED`); where its hours do not fit.
    pub fn change_dates(
        mut self,
        by: Actor,
        to: NewDates,
        why: Explanation,
        receiver: Receiver,
        at: Now,
    ) -> Result<Transition, Refused> {
        self.guard(Action::ChangeDates, by.role, at.today)?;
        let before = self.content.dates;
        let added = to.dates.without(before);
        if to.dates == before {
            return Err(Invalid::field("start_date", "DATES_UNCHANGED").into());
        }
        if self.origin == Origin::PlacingAgency {
            check_added(&added, before, at.today)?;
        }
        let is_shortened = added.is_empty() && self.status().is_agreed();
        if is_shortened && why.reason.is_none() {
            return Err(Invalid::field("reason_code", "REASON_TO_SHORTEN_REQUIRED").into());
        }
        if is_shortened {
            self.tags.insert(Tag::PartiallyCancelled);
        }
        let state = if added.is_empty() { self.state.clone() } else { self.asked_anew(by, receiver) };
        self.content.move_to(to)?;
        Ok(self.next(Action::ChangeDates, state, by, at).saying(why.reason, why.comment).moved_from(before))
    }

    /// Where a request stands once days were added: with whoever had agreed to others. The school's own change goes back to the
    /// agency, as no. 20 does; a coordinator's to the school, which confirms again; a unit that said yes is asked again. A
    /// unit's no stays: the coordinator has it to decide.
    fn asked_anew(&mut self, by: Actor, receiver: Receiver) -> State {
        self.tags.remove(&Tag::PartiallyCancelled);
        match self.state.clone() {
            State::AcceptedByDestination { unit, .. } => State::Redirected { unit, delivery: self.asked },
            State::Accepted { .. } | State::Confirmed { .. } if by.role == Role::PlacingCoordinator => {
                self.delivered(receiver)
            }
            State::Confirmed { unit, answer } => State::Accepted { unit, answer },
            state => state,
        }
    }

    /// No. 22. A request that waits for the destination goes to the new one by the way that reaches it; so does one that a
    /// coordinator takes from a unit which has answered, since that answer is not the new one's. An agent answers for both.
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
        let is_asked = by.role == Role::ReceivingCoordinator;
        let state = match self.state.clone() {
            State::AcceptedByDestination { .. } | State::DeclinedByDestination { .. } if is_asked => {
                State::Redirected { unit, delivery: self.asked }
            }
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

/// Days are added that lie ahead; only a quick entry may record what has begun already.
fn check_added(added: &[DateRange], before: DateRange, today: Date) -> Result<(), Invalid> {
    match added.iter().find(|days| days.start() < today) {
        Some(days) if days.start() < before.start() => Err(Invalid::field("start_date", "START_IN_PAST")),
        Some(_) => Err(Invalid::field("end_date", "END_IN_PAST")),
        None => Ok(()),
    }
}
