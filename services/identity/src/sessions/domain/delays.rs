//! How wrong passwords delay the next try (domain §4.3: the fourth one; for how long is a default of ours).
//!
//! Wrong passwords of the last day are counted by login, by network, and by both together. The fourth one of a login and network delays the
//! next try there by a minute, each further one twice as long, up to a quarter of an hour; a try during a delay is not looked
//! at, and does not count. The delay ends by itself, and a right password ends the count. So that nobody locks out somebody
//! else:
//!
//! - The delay of a *login* holds for networks from which it was mistyped. Another one is heard, so its owner gets in while somebody else
//!   guesses; and so that a guesser with many addresses does not have one guess of each for ever, no longer after a hundred wrong
//!   passwords in a day ([`Policy::stranger_tries`]).
//! - The delay of a *network* begins late ([`Policy::network_tries`]), since a hospital's whole staff may share one address.
//! - Neither holds where the account's owner has signed in from the same network in the last weeks ([`Policy::known`]): there, what
//!   was mistyped at this login from this network counts alone.
//!
//! A login that nobody has is counted and delayed like any other.

use jiff::{SignedDuration, Timestamp};

/// The wrong password of a login that begins a delay (domain §4.3).
pub const WRONG_PASSWORDS: i32 = 4;
/// How long a wrong password counts.
pub const REMEMBERED: SignedDuration = SignedDuration::from_hours(24);
/// Doublings after which any delay is as long as it gets.
const MOST_DOUBLINGS: i32 = 20;

/// What may be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// The first delay.
    pub first: SignedDuration,
    /// The longest delay.
    pub longest: SignedDuration,
    /// The wrong password of a network, for whichever logins, that begins a delay there.
    pub network_tries: i32,
    /// The wrong password of a login from which on strange networks wait like any other.
    pub stranger_tries: i32,
    /// How long ago the owner may have signed in from a network that is no stranger.
    pub known: SignedDuration,
}

/// Wrong passwords of the last day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// How many.
    pub wrong: i32,
    /// When the last one was typed.
    pub last_at: Timestamp,
}

/// What bears on a try.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// At this login, from anywhere.
    pub login: Count,
    /// From this network, at any login.
    pub network: Count,
    /// At this login, from this network.
    pub pair: Count,
}

impl Counts {
    /// Until when a try has to wait; `None` if it is looked at. `known`: the login's owner has signed in from this network.
    #[must_use]
    pub fn delayed_until(&self, policy: &Policy, known: bool, now: Timestamp) -> Option<Timestamp> {
        let login_concerns_us = self.pair.wrong > 0 || self.login.wrong >= policy.stranger_tries;
        [
            (self.pair, WRONG_PASSWORDS, true),
            (self.login, WRONG_PASSWORDS, !known && login_concerns_us),
            (self.network, policy.network_tries, !known),
        ]
        .into_iter()
        .filter(|(_, _, holds)| *holds)
        .filter_map(|(count, tries, _)| policy.end_of_delay(count, tries))
        .max()
        .filter(|until| *until > now)
    }
}

impl Policy {
    /// When the delay of a count ends that begins with the wrong password number `tries`.
    fn end_of_delay(&self, count: Count, tries: i32) -> Option<Timestamp> {
        let doublings = count.wrong - tries;
        if doublings < 0 {
            return None;
        }
        let delay = self.first.saturating_mul(1 << doublings.min(MOST_DOUBLINGS));
        Some(count.last_at + delay.min(self.longest))
    }
}

#[cfg(test)]
#[path = "delays_tests.rs"]
mod tests;
