//! The lower bound of one component, step by step: up at once, down one by one and late.

use jiff::{SignedDuration, Timestamp};

use super::{Reason, backlog};

/// Between what a component is scaled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Replicas that there are at least.
    pub floor: u32,
    /// Replicas that there are at most.
    pub ceiling: u32,
}

/// How slowly replicas are taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScaleDown {
    /// How long less must have been enough before the first goes.
    pub calm: SignedDuration,
    /// Time between one and the next.
    pub step: SignedDuration,
}

/// What is to be remembered of a component between two looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Memory {
    /// The lower bound that was decided last.
    pub min: u32,
    /// When it was changed last.
    pub changed_at: Option<Timestamp>,
    /// Since when less would be enough, if so.
    pub calm_since: Option<Timestamp>,
}

/// What is seen of a component.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Observed {
    /// Floor and name of the window in force.
    pub peak: Option<(u32, String)>,
    /// Messages that wait, and how many one replica works off; `None` inside if the number could not be had.
    pub backlog: Option<(Option<u64>, u32)>,
    /// Pods that the disruption budget wants to see at any time, where it names a number.
    pub budget: Option<u32>,
    /// Whether all replicas that are wanted are ready.
    pub all_ready: bool,
    /// Whether the disruption budget admits one to go, as far as there is one.
    pub may_disrupt: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The lower bound from now on, and what to remember.
    pub memory: Memory,
    pub reason: Reason,
    /// The lower bound before, if it changes.
    pub changed_from: Option<u32>,
}

/// Decides the lower bound of a component. Without a memory it begins where it is wanted.
#[must_use]
pub fn decide(
    bounds: Bounds,
    scale_down: ScaleDown,
    seen: &Observed,
    memory: Option<Memory>,
    now: Timestamp,
) -> Decision {
    let current = memory.map_or(0, |memory| memory.min);
    let (wanted, reason) = wanted(bounds, seen, current);
    let Some(memory) = memory else {
        let memory = Memory { min: wanted, changed_at: Some(now), calm_since: None };
        return Decision { memory, reason, changed_from: Some(0) };
    };
    if wanted > memory.min {
        let memory = Memory { min: wanted, changed_at: Some(now), calm_since: None };
        return Decision { memory, reason, changed_from: Some(current) };
    }
    if memory.min > bounds.ceiling {
        let memory = Memory { min: bounds.ceiling, changed_at: Some(now), calm_since: memory.calm_since };
        return Decision { memory, reason: Reason::Ceiling(bounds.ceiling), changed_from: Some(current) };
    }
    if wanted == memory.min {
        return Decision { memory: Memory { calm_since: None, ..memory }, reason, changed_from: None };
    }
    lower(scale_down, seen, memory, now)
}

/// What is wanted by whatever wants most, never above the ceiling and never below the floor.
fn wanted(bounds: Bounds, seen: &Observed, current: u32) -> (u32, Reason) {
    let mut wanted = (bounds.floor, Reason::Floor);
    let mut raise = |to: u32, reason: Reason| {
        if to > wanted.0 {
            wanted = (to, reason);
        }
    };
    if let Some((floor, name)) = &seen.peak {
        raise(*floor, Reason::Peak(name.clone()));
    }
    if let Some((Some(messages), per_replica)) = seen.backlog {
        raise(backlog::replicas_for(messages, per_replica, current), Reason::Backlog(messages));
    }
    if let Some(least) = seen.budget {
        raise(least, Reason::DisruptionBudget(least));
    }
    if wanted.0 > bounds.ceiling { (bounds.ceiling, Reason::Ceiling(bounds.ceiling)) } else { wanted }
}

/// Takes one replica away, or tells why not yet.
fn lower(scale_down: ScaleDown, seen: &Observed, memory: Memory, now: Timestamp) -> Decision {
    let calm_since = memory.calm_since.unwrap_or(now);
    let stay =
        |reason| Decision { memory: Memory { calm_since: Some(calm_since), ..memory }, reason, changed_from: None };
    if matches!(seen.backlog, Some((None, _))) {
        // What is not known is not calm: the time begins anew once it is known again.
        let memory = Memory { calm_since: None, ..memory };
        return Decision { memory, reason: Reason::BacklogUnknown, changed_from: None };
    }
    if now.duration_since(calm_since) < scale_down.calm {
        return stay(Reason::Calming);
    }
    if !seen.all_ready {
        return stay(Reason::NotReady);
    }
    if !seen.may_disrupt {
        return stay(Reason::NoDisruptionAllowed);
    }
    if memory.changed_at.is_some_and(|changed| now.duration_since(changed) < scale_down.step) {
        return stay(Reason::Draining);
    }
    let stepped = Memory { min: memory.min - 1, changed_at: Some(now), calm_since: Some(calm_since) };
    Decision { memory: stepped, reason: Reason::Stepping, changed_from: Some(memory.min) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOUNDS: Bounds = Bounds { floor: 2, ceiling: 6 };
    const SCALE_DOWN: ScaleDown =
        ScaleDown { calm: SignedDuration::from_secs(600), step: SignedDuration::from_secs(60) };

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).unwrap()
    }

    fn seen() -> Observed {
        Observed { all_ready: true, may_disrupt: true, ..Observed::default() }
    }

    fn with_backlog(messages: u64) -> Observed {
        Observed { backlog: Some((Some(messages), 100)), ..seen() }
    }

    fn memory(min: u32) -> Memory {
        Memory { min, changed_at: Some(at(0)), calm_since: None }
    }

    fn after_calm(seen: &Observed) -> Decision {
        let begun = decide(BOUNDS, SCALE_DOWN, seen, Some(memory(5)), at(100));
        assert_eq!((begun.memory.min, &begun.reason), (5, &Reason::Calming));
        decide(BOUNDS, SCALE_DOWN, seen, Some(begun.memory), at(700))
    }

    #[test]
    fn what_is_seen_first_begins_at_what_is_wanted() {
        let decision = decide(BOUNDS, SCALE_DOWN, &with_backlog(401), None, at(0));
        assert_eq!((decision.memory.min, decision.changed_from), (5, Some(0)));
        assert_eq!(decision.reason, Reason::Backlog(401));
    }

    #[test]
    fn more_is_given_at_once_and_at_most_the_ceiling() {
        let decision = decide(BOUNDS, SCALE_DOWN, &with_backlog(100_000), Some(memory(2)), at(1));
        assert_eq!((decision.memory.min, decision.changed_from), (6, Some(2)));
        assert_eq!(decision.reason, Reason::Ceiling(6));
    }

    #[test]
    fn less_is_taken_one_by_one_after_calm_and_never_below_the_floor() {
        let mut memory = memory(5);
        let mut changes = Vec::new();
        for second in 0..3_600 {
            let decision = decide(BOUNDS, SCALE_DOWN, &seen(), Some(memory), at(second));
            if decision.changed_from.is_some() {
                changes.push((second, decision.memory.min));
            }
            memory = decision.memory;
        }
        assert_eq!(changes, [(600, 4), (660, 3), (720, 2)]);
        assert_eq!(memory.calm_since, None);
    }

    #[test]
    fn a_new_need_ends_the_calm() {
        let calm = decide(BOUNDS, SCALE_DOWN, &with_backlog(10), Some(memory(3)), at(10));
        let busy = decide(BOUNDS, SCALE_DOWN, &with_backlog(290), Some(calm.memory), at(599));
        assert_eq!(busy.memory.calm_since, None);
        let calm_again = decide(BOUNDS, SCALE_DOWN, &with_backlog(10), Some(busy.memory), at(620));
        assert_eq!((calm_again.memory.min, calm_again.reason), (3, Reason::Calming));
    }

    #[test]
    fn no_replica_goes_while_others_are_not_ready_or_the_budget_forbids_it() {
        assert_eq!(after_calm(&Observed { all_ready: false, ..seen() }).reason, Reason::NotReady);
        assert_eq!(after_calm(&Observed { may_disrupt: false, ..seen() }).reason, Reason::NoDisruptionAllowed);
        assert_eq!(after_calm(&seen()).memory.min, 4);
    }

    #[test]
    fn an_unknown_backlog_takes_nothing_away_and_is_no_calm() {
        let unknown = Observed { backlog: Some((None, 100)), ..seen() };
        let decision =
            decide(BOUNDS, SCALE_DOWN, &unknown, Some(Memory { calm_since: Some(at(0)), ..memory(4) }), at(9_000));
        assert_eq!((decision.memory.min, decision.reason), (4, Reason::BacklogUnknown));
        assert_eq!(decision.memory.calm_since, None);
    }

    #[test]
    fn a_lowered_ceiling_holds_at_once() {
        let decision = decide(Bounds { floor: 1, ceiling: 3 }, SCALE_DOWN, &seen(), Some(memory(6)), at(1));
        assert_eq!((decision.memory.min, decision.reason), (3, Reason::Ceiling(3)));
    }

    #[test]
    fn a_budget_that_names_a_number_is_kept() {
        let decision = decide(BOUNDS, SCALE_DOWN, &Observed { budget: Some(3), ..seen() }, Some(memory(2)), at(1));
        assert_eq!((decision.memory.min, decision.reason), (3, Reason::DisruptionBudget(3)));
    }
}
