//! The results of a run, as they are written to a file.

use serde::Serialize;

use crate::{
    arguments::Profile,
    circumstances::Circumstances,
    comparison::Comparison,
    fixed_limit::Fixed,
    journey::Step,
    played::Played,
    profiles::sustained,
    raw_limit::{Cost, Limit},
};

/// The results.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Report {
    pub(crate) profile: Profile,
    pub(crate) seed: u64,
    /// The day, `2026-11-23`.
    #[serde(flatten)]
    pub(crate) circumstances: Circumstances,
    pub(crate) p99_limit_ms: u64,
    /// Whether each service was a process of its own.
    pub(crate) split: bool,
    /// The steps of a journey, in order.
    pub(crate) steps: [Step; 6],
    #[serde(flatten)]
    pub(crate) played: Played,
    /// What a journey takes of the database.
    pub(crate) statements: Option<Cost>,
    pub(crate) raw_limit: Option<Limit>,
    /// Why there is no raw limit.
    pub(crate) raw_limit_skipped: Option<String>,
    /// What was sustained, as a share of the raw limit.
    pub(crate) ratio: Option<f64>,
    pub(crate) fixed_limit: Option<Fixed>,
    /// Why there is no fixed limit.
    pub(crate) fixed_limit_skipped: Option<String>,
    /// The calls of what was sustained: six for each journey.
    pub(crate) writing_calls_per_second: Option<f64>,
    /// Those calls, as a share of the fixed limit's accepts.
    pub(crate) fixed_ratio: Option<f64>,
    /// Another program that was measured in the same run.
    pub(crate) comparison: Option<Comparison>,
}

impl Report {
    /// Draws the conclusions.
    pub(crate) fn conclude(mut self) -> Self {
        if self.profile == Profile::Load {
            self.played.sustained = sustained(&self.played.phases).map(|phase| phase.stretch.throughput);
        }
        if let (Some(sustained), Some(limit)) = (self.played.sustained, &self.raw_limit) {
            self.ratio = Some(sustained / limit.journeys_per_second);
        }
        self.writing_calls_per_second = self.played.sustained.map(|journeys| journeys * Step::ALL.len() as f64);
        if let (Some(calls), Some(limit)) = (self.writing_calls_per_second, &self.fixed_limit) {
            self.fixed_ratio = Some(calls / limit.accept.per_second);
        }
        self.comparison = self.comparison.map(|comparison| comparison.conclude(&self.played));
        self
    }

    /// Whether every answer held; and, except for `load`, which looks for the point where they do not, whether every journey
    /// arrived.
    pub(crate) fn holds(&self) -> bool {
        let Played { verdict, phases, .. } = &self.played;
        let all_arrived = verdict.unknown_drafts == 0 && phases.iter().all(|phase| phase.sustained);
        verdict.holds() && (self.profile == Profile::Load || all_arrived)
    }
}
