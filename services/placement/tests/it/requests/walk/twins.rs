//! Two lives of the same request, in two provinces that are alike. In one of them its unit answers now and then; all else is
//! done in both. Whatever the school reads stays the same in both, also long after an answer: what it does itself, and what
//! others do then, tells it nothing.

use jiff::SignedDuration;
use proto::placement::v1::{Action, State};
use uuid::Uuid;

use super::{dice::Dice, draft, plan::Plan, readings::everything, same};
use crate::{
    calls::Call,
    world::{World, school},
};

/// One of the two lives.
struct Life {
    world: World,
    id: String,
    reference: String,
}

impl Life {
    async fn begin(dice: &mut Dice) -> Self {
        let world = World::new().await;
        let id = draft(&world, dice).await;
        let reference = world.call(&school(), Call::Get, &id).await.expect("their own").reference;
        Self { world, id, reference }
    }

    /// All that the school reads, without the names that were drawn for this life.
    async fn read(&self) -> String {
        let read = everything(&self.world, &school(), std::slice::from_ref(&self.id)).await;
        let parts = read.replace(&self.reference, "REFERENCE");
        let word = |part: &str| match Uuid::try_parse(part) {
            Ok(id) if id.get_version_num() == 7 => "ID".to_owned(),
            _ => part.to_owned(),
        };
        parts.split('"').map(word).collect::<Vec<_>>().join("\"")
    }

    async fn state(&self) -> State {
        self.world.call(&school(), Call::Get, &self.id).await.map_or(State::Unspecified, |request| request.state())
    }
}

/// Lives two lives, and answers how often the unit answered and how much was done in both afterwards.
async fn live(seed: u64, steps: usize) -> (usize, usize) {
    let mut dice = Dice(seed);
    let (silent, answered) = (Life::begin(&mut Dice(seed)).await, Life::begin(&mut Dice(seed)).await);
    let (mut answers, mut afterwards) = (0, 0);
    for step in 0..steps {
        for life in [&silent, &answered] {
            life.world.running.clock.advance(SignedDuration::from_hours(5));
        }
        let answer =
            Plan::among(&answered.world, &mut dice, &answered.id, |action| action == Action::AnswerAtDestination);
        if let Some(answer) = answer.await
            && dice.below(2) == 0
        {
            answers += usize::from(answer.carry_out(&answered.world, &answered.id).await);
        }
        let what = if dice.below(6) == 0 {
            for life in [&silent, &answered] {
                life.world.call(&school(), Call::Seen, &life.id).await.expect("their own");
            }
            "reading".to_owned()
        } else {
            let wanted = |action| action != Action::AnswerAtDestination;
            let Some(plan) = Plan::among(&silent.world, &mut dice, &silent.id, wanted).await else { continue };
            let done = plan.carry_out(&answered.world, &answered.id).await;
            let what = format!("{:?} by {:?}", plan.call, plan.by.role);
            if !done && plan.by.role != school().role {
                // The receiving side knows of the answer, and may do other things because of it.
                continue;
            }
            assert_eq!(done, plan.carry_out(&silent.world, &silent.id).await, "seed {seed}, step {step}: {what}");
            what
        };
        afterwards += usize::from(answers > 0);
        let what = format!("seed {seed}, step {step}: after {what} a school can tell that its unit has answered");
        same(Some(silent.read().await), Some(answered.read().await), &what);
        if silent.state().await == State::Deleted {
            break;
        }
    }
    (answers, afterwards)
}

#[tokio::test]
async fn a_school_cannot_tell_two_lives_apart_by_whether_the_unit_has_answered() {
    let (mut answers, mut afterwards) = (0, 0);
    for seed in 1..=8 {
        let lived = live(seed, 30).await;
        answers += lived.0;
        afterwards += lived.1;
    }
    assert!(answers >= 8 && afterwards >= 60, "{answers} answers, {afterwards} steps afterwards");
}
