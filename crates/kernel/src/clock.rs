//! Time and randomness as arguments.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha12Rng;
use uuid::Uuid;

/// Tells the time. Passed in wherever time matters.
pub trait Clock: Send + Sync + 'static {
    fn now(&self) -> Timestamp;

    /// Today's date in a province's time zone.
    fn today(&self, zone: &TimeZone) -> Date {
        self.now().to_zoned(zone.clone()).date()
    }
}

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// A clock that stands still until it is set: for tests and for the demonstration's past.
#[derive(Clone, Debug)]
pub struct FixedClock(Arc<Mutex<Timestamp>>);

impl FixedClock {
    /// A clock that shows `at`.
    #[must_use]
    pub fn at(at: Timestamp) -> Self {
        Self(Arc::new(Mutex::new(at)))
    }

    /// Moves on, or back where `by` is negative.
    ///
    /// # Panics
    /// If the sum is outside what a timestamp can hold.
    pub fn advance(&self, by: SignedDuration) {
        let mut now = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *now = now.checked_add(by).expect("the clock stays within the representable range");
    }

    /// Shows `at` from now on.
    pub fn set(&self, at: Timestamp) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = at;
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Makes ids: from the clock and a generator of its own, seeded by the system or by a test.
#[derive(Clone)]
pub struct Ids {
    clock: Arc<dyn Clock>,
    random: Arc<Mutex<ChaCha12Rng>>,
}

impl Ids {
    /// Ids that nobody can foresee.
    #[must_use]
    pub fn random(clock: Arc<dyn Clock>) -> Self {
        Self { clock, random: Arc::new(Mutex::new(rand::make_rng())) }
    }

    /// The same ids for the same seed and clock.
    #[must_use]
    pub fn seeded(clock: Arc<dyn Clock>, seed: u64) -> Self {
        Self { clock, random: Arc::new(Mutex::new(ChaCha12Rng::seed_from_u64(seed))) }
    }

    /// A fresh UUIDv7, wrapped as the id that is asked for.
    #[must_use]
    pub fn next<T: From<Uuid>>(&self) -> T {
        let millis = u64::try_from(self.clock.now().as_millisecond()).unwrap_or(0);
        let mut bytes = [0_u8; 10];
        self.random.lock().unwrap_or_else(PoisonError::into_inner).fill(&mut bytes);
        uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid().into()
    }
}

/// What a use case needs of the world beside the database: time and ids.
#[derive(Clone)]
pub struct Env {
    pub clock: Arc<dyn Clock>,
    /// The maker of ids.
    pub ids: Ids,
    /// The province's time zone, for everything that falls on a day.
    pub zone: TimeZone,
}

impl Env {
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Today in the province.
    #[must_use]
    pub fn today(&self) -> Date {
        self.clock.today(&self.zone)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::PersonId;

    #[test]
    fn a_seed_and_a_clock_decide_the_ids() {
        let clock = || Arc::new(FixedClock::at(Timestamp::UNIX_EPOCH)) as Arc<dyn Clock>;
        let (a, b) = (Ids::seeded(clock(), 7), Ids::seeded(clock(), 7));
        let first: PersonId = a.next();
        assert_eq!(first, b.next());
        assert_ne!(first, a.next());
        assert_eq!(Uuid::from(first).get_version_num(), 7);
    }
}
