//! How many replicas a backlog asks for.

/// A replica goes only once the rest would be busy with this share of the target, in percent: between the two thresholds
/// nothing changes, so that a backlog that hovers at one of them does not make replicas come and go.
const EASE_PERCENT: u64 = 80;

/// Replicas that `messages` ask for at `per_replica`, given that there are `current`.
#[must_use]
pub fn replicas_for(messages: u64, per_replica: u32, current: u32) -> u32 {
    let per_replica = u64::from(per_replica.max(1));
    let rising = count(messages.div_ceil(per_replica));
    if rising >= current {
        return rising;
    }
    let eased = (per_replica * EASE_PERCENT / 100).max(1);
    count(messages.div_ceil(eased)).min(current)
}

fn count(replicas: u64) -> u32 {
    u32::try_from(replicas).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_messages_than_the_target_ask_for_one_more_at_once() {
        assert_eq!(replicas_for(0, 500, 0), 0);
        assert_eq!(replicas_for(500, 500, 1), 1);
        assert_eq!(replicas_for(501, 500, 1), 2);
        assert_eq!(replicas_for(5_000, 500, 2), 10);
    }

    #[test]
    fn a_backlog_just_below_the_target_keeps_the_replica_that_it_brought() {
        assert_eq!(replicas_for(490, 500, 2), 2);
        assert_eq!(replicas_for(400, 500, 2), 1);
    }

    #[test]
    fn a_backlog_that_hovers_at_the_target_never_flaps() {
        let mut current = 1;
        for messages in [495, 505, 480, 510, 450, 500, 420] {
            let next = replicas_for(messages, 500, current);
            assert!(next >= current, "{messages} took a replica away");
            current = next;
        }
    }

    #[test]
    fn no_backlog_is_too_large_to_count() {
        assert_eq!(replicas_for(u64::MAX, 1, 3), u32::MAX);
    }
}
