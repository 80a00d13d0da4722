//! Yes or no: of the unit, of the agency, and the school's last word.

use kernel::PersonId;

use super::{Now, Transition};
use crate::requests::domain::{Action, Actor, Decision, Intended, PlacementRequest, Refused, State, Unit};

impl PlacementRequest {
    /// Nos. 8, 9 and 12.
    ///
    /// # Errors
    /// If it does not wait for the destination, or for this role there.
    pub fn answer_at_destination(self, by: Actor, decision: Decision, at: Now) -> Result<Transition, Refused> {
        let action = decision.at_destination();
        let permit = self.guard(action, by.role, at.today)?;
        let unit = self.state.unit().ok_or_else(|| self.invalid(action))?;
        let (reason, comment) = (decision.reason().cloned(), decision.comment().to_owned());
        let state = match decision {
            Decision::Accept(answer) => State::AcceptedByDestination { unit, answer },
            Decision::Decline(refusal) => State::DeclinedByDestination { unit, refusal },
        };
        Ok(self.next(action, state, by, at).saying(reason, comment).on_behalf(permit.on_behalf))
    }

    /// Nos. 9 to 11, 13 and 14. A yes takes the unit that was only wished for, for which `agent` answers; a no
    /// leaves it a wish, so that nobody there reads of it.
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
        let intended = self.state.intended();
        let (reason, comment) = (decision.reason().cloned(), decision.comment().to_owned());
        let state = match decision {
            Decision::Accept(answer) => {
                let taken =
                    |intended: Intended| intended.unit().unwrap_or(Unit { destination: intended.destination(), agent });
                State::Accepted { unit: intended.map(taken), answer }
            }
            Decision::Decline(refusal) => State::Declined { intended, refusal },
        };
        Ok(self.next(action, state, by, at).saying(reason, comment).on_behalf(permit.on_behalf))
    }

    /// Nos. 15 and 16.
    ///
    /// # Errors
    /// If it is not accepted, or a coordinator confirms what is not a quick entry.
    pub fn confirm(self, by: Actor, at: Now) -> Result<Transition, Refused> {
        let permit = self.guard(Action::Confirm, by.role, at.today)?;
        let State::Accepted { unit, ref answer } = self.state else { return Err(self.invalid(Action::Confirm)) };
        let answer = answer.clone();
        Ok(self.next(Action::Confirm, State::Confirmed { unit, answer }, by, at).on_behalf(permit.on_behalf))
    }
}
