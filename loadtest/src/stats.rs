//! Latencies and failures, as they come in.

use std::{collections::BTreeMap, time::Duration};

use hdrhistogram::Histogram;
use serde::Serialize;

use crate::journey::{Step, Travelled};

/// The longest time that is told apart from longer ones, in microseconds.
const LONGEST: u64 = 600_000_000;

/// What a phase gathers.
pub(crate) struct Stats {
    whole: Histogram<u64>,
    steps: BTreeMap<Step, Histogram<u64>>,
    failures: BTreeMap<(Step, String), u64>,
    first_failure: Option<String>,
    arrived: u64,
    failed: u64,
    repeated: u64,
}

/// Percentiles in milliseconds.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub(crate) struct Latency {
    pub(crate) count: u64,
    pub(crate) p50: f64,
    pub(crate) p90: f64,
    pub(crate) p99: f64,
    pub(crate) p999: f64,
    pub(crate) max: f64,
}

/// Latencies and failures of a phase.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Summary {
    pub(crate) arrived: u64,
    pub(crate) failed: u64,
    /// Calls that were made again because nobody knew whether they had taken effect.
    pub(crate) repeated: u64,
    /// Of whole journeys that arrived, from the appointed time.
    pub(crate) journey: Latency,
    /// Of steps that were answered well; the first from the journey's appointed time.
    pub(crate) steps: Vec<StepLatency>,
    pub(crate) failures: Vec<Failures>,
    /// What the first failure was in full.
    pub(crate) first_failure: Option<String>,
}

/// Latencies of one step.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct StepLatency {
    pub(crate) step: Step,
    #[serde(flatten)]
    pub(crate) latency: Latency,
}

/// How often one step failed for one reason.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Failures {
    pub(crate) step: Step,
    pub(crate) reason: String,
    pub(crate) count: u64,
}

impl Default for Stats {
    fn default() -> Self {
        Self {
            whole: histogram(),
            steps: Step::ALL.into_iter().map(|step| (step, histogram())).collect(),
            failures: BTreeMap::new(),
            first_failure: None,
            arrived: 0,
            failed: 0,
            repeated: 0,
        }
    }
}

impl Stats {
    /// Counts a journey.
    pub(crate) fn add(&mut self, travelled: &Travelled) {
        for (step, time) in &travelled.steps {
            if let Some(histogram) = self.steps.get_mut(step) {
                record(histogram, *time);
            }
        }
        self.repeated += travelled.repeated;
        if let Some((step, refusal)) = &travelled.failure {
            self.failed += 1;
            *self.failures.entry((*step, refusal.reason.clone())).or_default() += 1;
            self.first_failure.get_or_insert_with(|| format!("{}: {refusal}", step.name()));
        } else {
            self.arrived += 1;
            record(&mut self.whole, travelled.whole);
        }
    }

    /// What came in so far.
    pub(crate) fn summary(&self) -> Summary {
        let step = |(step, histogram): (&Step, &_)| StepLatency { step: *step, latency: Latency::of(histogram) };
        let failures = self.failures.iter().map(|((step, reason), count)| Failures {
            step: *step,
            reason: reason.clone(),
            count: *count,
        });
        Summary {
            arrived: self.arrived,
            failed: self.failed,
            repeated: self.repeated,
            journey: Latency::of(&self.whole),
            steps: self.steps.iter().map(step).collect(),
            failures: failures.collect(),
            first_failure: self.first_failure.clone(),
        }
    }
}

impl Latency {
    pub(crate) fn of(histogram: &Histogram<u64>) -> Self {
        let at = |quantile| milliseconds(histogram.value_at_quantile(quantile));
        Self {
            count: histogram.len(),
            p50: at(0.5),
            p90: at(0.9),
            p99: at(0.99),
            p999: at(0.999),
            max: milliseconds(histogram.max()),
        }
    }
}

/// Of times up to ten minutes.
pub(crate) fn histogram() -> Histogram<u64> {
    Histogram::new_with_bounds(1, LONGEST, 3).expect("the bounds are in order and three digits are allowed")
}

/// Counts a time.
pub(crate) fn record(histogram: &mut Histogram<u64>, time: Duration) {
    histogram.saturating_record(u64::try_from(time.as_micros()).unwrap_or(LONGEST).max(1));
}

/// Of microseconds, with one digit after the point.
fn milliseconds(microseconds: u64) -> f64 {
    (microseconds as f64 / 100.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Refusal;

    fn travelled(whole_ms: u64, failure: Option<(Step, Refusal)>) -> Travelled {
        let steps = vec![(Step::Create, Duration::from_millis(whole_ms))];
        let whole = Duration::from_millis(whole_ms);
        Travelled { number: 0, request: String::new(), steps, failure, whole, repeated: 0 }
    }

    #[test]
    fn percentiles_are_those_of_the_journeys_that_arrived() {
        let mut stats = Stats::default();
        (1..=100).for_each(|ms| stats.add(&travelled(ms, None)));
        stats.add(&travelled(9000, Some((Step::Send, Refusal::unexpected("no")))));
        let summary = stats.summary();
        assert_eq!((summary.arrived, summary.failed), (100, 1));
        assert!((summary.journey.p50 - 50.0).abs() < 0.2 && (summary.journey.max - 100.0).abs() < 0.2);
        assert_eq!(summary.failures[0].reason, "UNEXPECTED_ANSWER");
    }
}
