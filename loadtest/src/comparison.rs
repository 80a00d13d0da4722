//! Another program of Tandem, such as that of an earlier commit, measured in the same run: what the machine does to both goes out of
//! the ratios.

use std::fmt::Write as _;

use serde::Serialize;

use crate::{
    played::Played,
    profiles::{Phase, sustained},
    raw_limit::{Cost, Together},
};

/// The other program beside ours.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Comparison {
    pub(crate) program: String,
    /// What the other did, before ours.
    pub(crate) other: Played,
    /// What a journey of the other takes of the database.
    pub(crate) cost: Option<Cost>,
    /// The other at the rate that it sustained, after ours.
    pub(crate) again: Option<Phase>,
    /// Ours at that rate.
    pub(crate) same_rate: Option<Phase>,
    /// Ours to the other's, each at the rate that it sustains.
    pub(crate) ratios: Option<Ratios>,
    /// Ours to the other's, both at the rate that the other sustains.
    pub(crate) same_rate_ratios: Option<Ratios>,
}

/// Ours as a multiple of the other's.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub(crate) struct Ratios {
    pub(crate) journeys_per_second: f64,
    pub(crate) p99: f64,
    /// Processor time for each journey.
    pub(crate) tandem_cpu: f64,
    pub(crate) database_cpu: f64,
    pub(crate) memory: f64,
}

impl Ratios {
    fn of(own: &Phase, other: &Phase) -> Self {
        let pairs = figures(own).into_iter().zip(figures(other));
        let ratios: Vec<f64> = pairs.map(|((_, own), (_, other))| own / other.max(f64::MIN_POSITIVE)).collect();
        Self {
            journeys_per_second: ratios[0],
            p99: ratios[1],
            tandem_cpu: ratios[2],
            database_cpu: ratios[3],
            memory: ratios[4],
        }
    }
}

impl Comparison {
    /// Draws the conclusions.
    pub(crate) fn conclude(mut self, own: &Played) -> Self {
        let (ours, theirs) = (sustained(&own.phases), sustained(&self.other.phases));
        self.other.sustained = theirs.map(|phase| phase.stretch.throughput);
        self.ratios = ours.zip(theirs).map(|(own, other)| Ratios::of(own, other));
        let same_rate = self.same_rate.as_ref().zip(self.again.as_ref());
        self.same_rate_ratios = same_rate.map(|(own, other)| Ratios::of(own, other));
        self
    }

    /// Both columns with the ratios.
    pub(crate) fn write(&self, text: &mut String, own: &Played, cost: Option<&Cost>) -> std::fmt::Result {
        writeln!(text, "\nThe other program: {}", self.program)?;
        match sustained(&own.phases).zip(sustained(&self.other.phases)) {
            Some((own, other)) => pair(text, "each at the rate that it sustains", own, other)?,
            None => writeln!(text, "One of the two sustained no rate")?,
        }
        if let Some((own, other)) = self.same_rate.as_ref().zip(self.again.as_ref()) {
            pair(text, &format!("both at {:.1}/s, the other after ours", own.stretch.rate), own, other)?;
        }
        if let Some((own, other)) = cost.zip(self.cost.as_ref()) {
            let (own, other) = (statements(own), statements(other));
            writeln!(text, "Statements:      ours {own}\n            the other {other}")?;
        }
        if self.other.verdict.holds() { Ok(()) } else { writeln!(text, "Not every answer of the other holds") }
    }
}

/// What is compared, in the order of [`Ratios`].
fn figures(phase: &Phase) -> [(&'static str, f64); 5] {
    [
        ("journeys/s", phase.stretch.throughput),
        ("p99 in ms", phase.stretch.summary.journey.p99),
        ("cpu ms, tandem", phase.cpu_ms.tandem),
        ("cpu ms, database", phase.cpu_ms.database),
        ("MiB", phase.memory_mib),
    ]
}

fn pair(text: &mut String, how: &str, own: &Phase, other: &Phase) -> std::fmt::Result {
    writeln!(text, "{how:<42} {:>9} {:>9} {:>7}", "ours", "other", "ratio")?;
    for ((name, own), (_, other)) in figures(own).into_iter().zip(figures(other)) {
        writeln!(text, "{name:<42} {own:>9.1} {other:>9.1} {:>7.2}", own / other.max(f64::MIN_POSITIVE))?;
    }
    Ok(())
}

fn statements(cost: &Cost) -> String {
    let Together { statements_per_call, statements_per_event, statements_per_mail, .. } = cost.together;
    format!(
        "{} in a journey's calls and {:.0} beside; many at a time {statements_per_call:.1} a call, {statements_per_event:.1} an event, \
         {statements_per_mail:.1} a mail",
        cost.statements, cost.statements_beside
    )
}
