//! A fixed number of people who ask again as soon as they are answered (a closed loop): how many answers a second there are at
//! most. For questions that nobody waits in line for; where people come at their own times, arrivals tell more.

use std::{
    future::Future,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use hdrhistogram::Histogram;
use tokio::{
    task::JoinSet,
    time::{Instant, sleep},
};

use crate::{
    api::{Api, Refusal},
    stats::{Latency, histogram, record},
};

/// After a refusal, so that a server that refuses everything is not asked a million times.
const PAUSE: Duration = Duration::from_millis(100);

/// What came of it, of one stretch or of several.
#[derive(Clone, Debug)]
pub(crate) struct Answers {
    times: Histogram<u64>,
    pub(crate) failed: u64,
    pub(crate) first_failure: Option<String>,
    /// The length of the last answer.
    pub(crate) bytes: usize,
    pub(crate) elapsed: Duration,
}

/// Connections that stay open, one each.
pub(crate) fn connections(port: u16, count: u32) -> Vec<Api> {
    (0..count).map(|_| Api::new(port)).collect()
}

/// Asks on all connections for so long. `ask` is given the connection and a number that no other question of this stretch has; it
/// answers how long the answer was.
pub(crate) async fn ask_for<A, F>(apis: &[Api], length: Duration, ask: A) -> Answers
where
    A: Fn(Api, u64) -> F + Clone + Send + 'static,
    F: Future<Output = Result<usize, Refusal>> + Send,
{
    let (answers, numbers) = (Arc::new(Mutex::new(Answers::default())), Arc::new(AtomicU64::new(0)));
    let (start, mut people) = (Instant::now(), JoinSet::new());
    for api in apis {
        let (api, ask) = (api.clone(), ask.clone());
        let (answers, numbers) = (Arc::clone(&answers), Arc::clone(&numbers));
        people.spawn(async move {
            while start.elapsed() < length {
                let began = Instant::now();
                let outcome = ask(api.clone(), numbers.fetch_add(1, Ordering::Relaxed)).await;
                let is_refused = outcome.is_err();
                answers.lock().unwrap_or_else(PoisonError::into_inner).add(outcome, began.elapsed());
                if is_refused {
                    sleep(PAUSE).await;
                }
            }
        });
    }
    people.join_all().await;
    let mut answers = answers.lock().unwrap_or_else(PoisonError::into_inner).clone();
    answers.elapsed = start.elapsed();
    answers
}

impl Default for Answers {
    fn default() -> Self {
        Self { times: histogram(), failed: 0, first_failure: None, bytes: 0, elapsed: Duration::ZERO }
    }
}

impl Answers {
    /// How many were answered well.
    pub(crate) fn count(&self) -> u64 {
        self.times.len()
    }

    /// How many a second.
    pub(crate) fn per_second(&self) -> f64 {
        let seconds = self.elapsed.as_secs_f64();
        if seconds > 0.0 { self.count() as f64 / seconds } else { 0.0 }
    }

    pub(crate) fn latency(&self) -> Latency {
        Latency::of(&self.times)
    }

    /// Takes in another stretch of the same questions.
    pub(crate) fn join(&mut self, other: Self) {
        self.times += other.times;
        self.failed += other.failed;
        self.first_failure = self.first_failure.take().or(other.first_failure);
        self.bytes = other.bytes;
        self.elapsed += other.elapsed;
    }

    fn add(&mut self, outcome: Result<usize, Refusal>, time: Duration) {
        match outcome {
            Ok(bytes) => {
                self.bytes = bytes;
                record(&mut self.times, time);
            }
            Err(refusal) => {
                self.failed += 1;
                self.first_failure.get_or_insert_with(|| refusal.to_string());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn everybody_asks_again_until_the_time_is_over() {
        let apis: Vec<Api> = (0..4).map(|_| Api::new(1)).collect();
        let ask = async |_, number: u64| {
            sleep(Duration::from_millis(1)).await;
            if number == 3 { Err(Refusal::unexpected("no")) } else { Ok(7) }
        };
        let mut answers = ask_for(&apis, Duration::from_millis(50), ask).await;
        assert!(answers.count() > 4, "{}", answers.count());
        assert_eq!((answers.failed, answers.bytes), (1, 7));
        let (count, elapsed) = (answers.count(), answers.elapsed);
        answers.join(answers.clone());
        assert_eq!((answers.count(), answers.failed, answers.elapsed), (2 * count, 2, 2 * elapsed));
    }
}
