//! Chance that falls alike every time.

use std::ops::RangeInclusive;

use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha12Rng;
use uuid::Uuid;

/// What all of the demonstration grows from.
const SEED: u64 = 0x7A4D_E111;

/// A generator of the demonstration.
pub(super) struct Draw(ChaCha12Rng);

impl Draw {
    /// The generator of one part: what another part draws does not move it.
    pub(super) fn of(part: u64) -> Self {
        let mut random = ChaCha12Rng::seed_from_u64(SEED);
        random.set_stream(part);
        Self(random)
    }

    /// A number of a range, both ends included.
    pub(super) fn within(&mut self, range: RangeInclusive<i32>) -> i32 {
        self.0.random_range(range)
    }

    /// Whether something happens that does so in `percent` of a hundred cases.
    pub(super) fn chance(&mut self, percent: i32) -> bool {
        self.within(1..=100) <= percent
    }

    /// One of many, all alike.
    pub(super) fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.0.random_range(0..of.len())]
    }

    /// One of many, each with its weight.
    pub(super) fn weighted<T: Copy>(&mut self, of: &[(u32, T)]) -> T {
        let total: u32 = of.iter().map(|(weight, _)| weight).sum();
        let mut at = self.0.random_range(0..total);
        for &(weight, one) in of {
            if at < weight {
                return one;
            }
            at -= weight;
        }
        unreachable!("the weights add up to their total")
    }

    /// An id.
    pub(super) fn uuid(&mut self) -> Uuid {
        uuid::Builder::from_random_bytes(self.0.random()).into_uuid()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_draws_the_same_every_time_and_parts_differ() {
        let numbers = |part| {
            let mut draw = Draw::of(part);
            [(); 8].map(|()| draw.within(0..=1000))
        };
        assert_eq!(numbers(1), numbers(1));
        assert_ne!(numbers(1), numbers(2));
    }

    #[test]
    fn weights_are_kept() {
        let mut draw = Draw::of(0);
        let heavy = (0..1000).filter(|_| draw.weighted(&[(9, true), (1, false)])).count();
        assert!((850..950).contains(&heavy), "{heavy}");
        assert!(!(0..100).any(|_| draw.weighted(&[(0, true), (1, false)])));
    }
}
