//! Who waits, and for how long.

use super::*;

const NOW: Timestamp = Timestamp::UNIX_EPOCH;
const POLICY: Policy = Policy {
    first: SignedDuration::from_mins(1),
    longest: SignedDuration::from_mins(15),
    network_tries: 50,
    stranger_tries: 100,
    known: SignedDuration::from_hours(24 * 90),
};

fn wrong(wrong: i32) -> Count {
    Count { wrong, last_at: NOW }
}

/// Minutes to wait.
fn wait(counts: Counts, known: bool) -> i64 {
    counts.delayed_until(&POLICY, known, NOW).map_or(0, |until| until.duration_since(NOW).as_secs() / 60)
}

#[test]
fn the_fourth_wrong_password_delays_and_each_further_one_twice_as_long_up_to_a_bound() {
    let waits: Vec<_> = [0, 3, 4, 5, 6, 7, 8, 9, 1_000_000]
        .map(|n| wait(Counts { login: wrong(n), network: wrong(0), pair: wrong(n) }, false))
        .into();
    assert_eq!(waits, [0, 0, 1, 2, 4, 8, 15, 15, 15]);
}

#[test]
fn a_delay_ends_by_itself() {
    let counts = Counts { login: wrong(4), network: wrong(4), pair: wrong(4) };
    let minute = SignedDuration::from_mins(1);
    assert_eq!(counts.delayed_until(&POLICY, false, NOW), Some(NOW + minute));
    assert_eq!(counts.delayed_until(&POLICY, false, NOW + minute), None);
}

#[test]
fn somebody_elses_guesses_delay_no_network_that_has_not_guessed_itself() {
    let elsewhere = |n| Counts { login: wrong(n), ..Counts::default() };
    assert_eq!(wait(elsewhere(4), false), 0);
    assert_eq!(wait(elsewhere(99), false), 0);
    assert_eq!(wait(elsewhere(100), false), 15, "a guesser with many addresses");
    assert_eq!(wait(elsewhere(100), true), 0, "but the owner, from where they have signed in before");
    assert_eq!(wait(Counts { pair: wrong(1), ..elsewhere(8) }, false), 15);
    assert_eq!(
        wait(Counts { pair: wrong(3), ..elsewhere(8) }, true),
        0,
        "where the owner is known, own mistakes count"
    );
    assert_eq!(wait(Counts { pair: wrong(4), ..elsewhere(8) }, true), 1);
}

#[test]
fn a_network_that_guesses_at_many_logins_waits_but_for_those_who_are_known_there() {
    let network = |n| Counts { network: wrong(n), ..Counts::default() };
    assert_eq!([49, 50, 51].map(|n| wait(network(n), false)), [0, 1, 2]);
    assert_eq!(wait(network(60), true), 0);
}
