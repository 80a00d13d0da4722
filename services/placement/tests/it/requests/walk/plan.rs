//! What somebody does next, of what they are offered.

use chassis::Scope;
use proto::{
    identity::v1::Role,
    placement::v1::{Action, RedirectRequestRequest},
};
use testkit::service::User;
use uuid::Uuid;

use super::dice::Dice;
use crate::{
    calls::Call,
    world::{HOSPITAL, MAIL_UNIT, UNIT, World, agent, receiver, school},
};

/// The calls behind an action that a person is offered.
fn calls(action: Action) -> &'static [Call] {
    match action {
        Action::Update => &[Call::Update],
        Action::Delete => &[Call::Delete],
        Action::Send => &[Call::Send],
        Action::Redirect => &[Call::Redirect],
        Action::AnswerAtDestination => &[Call::AcceptAtDestination, Call::DeclineAtDestination],
        Action::AnswerForAgency => &[Call::AcceptForAgency, Call::DeclineForAgency],
        Action::Confirm => &[Call::Confirm],
        Action::Cancel => &[Call::Cancel],
        Action::Reactivate => &[Call::Reactivate],
        Action::Postpone => &[Call::Postpone],
        Action::ChangeDates => &[Call::ChangeDates],
        Action::ChangeDestination => &[Call::ChangeDestination],
        Action::Comment => &[Call::Comment],
        Action::Unspecified => &[],
    }
}

/// How much likelier an action is than another: requests are to come where units answer.
const fn weight(action: Action) -> usize {
    match action {
        Action::AnswerAtDestination => 8,
        Action::Send | Action::Redirect => 4,
        _ => 1,
    }
}

/// What somebody is about to do.
pub(super) struct Plan {
    pub(super) by: User,
    pub(super) call: Call,
    /// Where the coordinator redirects to.
    unit: Uuid,
}

impl Plan {
    /// Something that somebody is offered, if anybody is.
    pub(super) async fn of(world: &World, dice: &mut Dice, id: &str) -> Option<Self> {
        Self::among(world, dice, id, |_| true).await
    }

    /// The same, of the actions that are wanted.
    pub(super) async fn among(
        world: &World,
        dice: &mut Dice,
        id: &str,
        is_wanted: impl Fn(Action) -> bool,
    ) -> Option<Self> {
        let mut offered = Vec::new();
        for by in [school(), hospital(), units()] {
            let Ok(seen) = world.call(&by, Call::Get, id).await else { continue };
            for action in seen.actions().filter(|action| is_wanted(*action)) {
                offered.extend(vec![(by.clone(), action); weight(action)]);
            }
        }
        let (by, action) = offered.get(dice.below(offered.len().max(1)))?.clone();
        // Ends come late, so that lives are long enough to tell something.
        if matches!(action, Action::Delete | Action::Cancel) && dice.below(4) > 0 {
            return None;
        }
        let call = *dice.one(calls(action));
        Some(Self { by, call, unit: *dice.one(&[UNIT, MAIL_UNIT]) })
    }

    /// Whether the school may not notice it.
    pub(super) fn is_hidden(&self) -> bool {
        matches!(self.call, Call::AcceptAtDestination | Call::DeclineAtDestination)
    }

    /// Whether it comes to nothing by it, with the receiving side knowing.
    pub(super) fn is_end(&self) -> bool {
        matches!(self.call, Call::DeclineForAgency | Call::Cancel)
    }

    /// Whether it was done.
    pub(super) async fn carry_out(&self, world: &World, id: &str) -> bool {
        if self.call == Call::Redirect {
            let destination_id = self.unit.to_string();
            let message = RedirectRequestRequest { id: id.into(), destination_id, ..Default::default() };
            return world.client(&self.by).redirect_request(message).await.is_ok();
        }
        world.call(&self.by, self.call, id).await.is_ok()
    }
}

/// The coordinator of the whole hospital, and its units' people.
fn hospital() -> User {
    User::new(receiver().person, Role::ReceivingCoordinator, [Scope::Agency(HOSPITAL.into())])
}

fn units() -> User {
    User::new(agent().person, Role::DestinationCoordinator, [Scope::Agency(HOSPITAL.into())])
}
