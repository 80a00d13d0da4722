//! What is compared, one line each.

use serde::Serialize;

use crate::{closed_loop::Answers, cpu::Cpu, fixed_limit::Rate, journey::Step, lists, profiles::Phase, stats::Latency};

/// What pgbench does with the statements alone.
const RAW: [&str; 2] = ["raw accept", "raw inbox"];
/// What the Django service does with the same tables.
const TWIN: [&str; 2] = ["twin accept", "twin inbox"];
/// Tandem's: what people write, and what they read.
const WRITING: &str = "tandem, writing calls";

/// One line.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Line {
    pub(crate) name: String,
    pub(crate) per_second: f64,
    /// As a share of pgbench's.
    pub(crate) to_raw: Option<f64>,
    /// As a multiple of the twin's.
    pub(crate) to_twin: Option<f64>,
    /// Nothing of pgbench, which tells averages; of Tandem's writing calls that of an accept.
    pub(crate) latency: Option<Latency>,
    pub(crate) bytes: Option<usize>,
    /// Processor milliseconds for each.
    pub(crate) cpu_ms: Option<Cpu>,
    pub(crate) failed: u64,
}

impl Line {
    /// Of pgbench.
    pub(super) fn raw(name: &str, rate: &Rate) -> Self {
        Self::new(name, rate.per_second)
    }

    /// Of the twin.
    pub(super) fn answers(name: &str, (answers, cpu): &(Answers, Cpu)) -> Self {
        Self {
            latency: Some(answers.latency()),
            bytes: Some(answers.bytes),
            cpu_ms: Some(cpu.milliseconds_each(answers.count())),
            failed: answers.failed,
            ..Self::new(name, answers.per_second())
        }
    }

    /// Of Tandem's journeys at the rate that is sustained: six calls each, with all that happens beside them.
    pub(super) fn journeys(phase: &Phase) -> Self {
        let calls = Step::ALL.len() as f64;
        let accepts = phase.stretch.summary.steps.iter().find(|of| of.step == Step::Accept);
        let Cpu { tandem, database, broker, generator } = phase.cpu_ms;
        let cpu = Cpu {
            tandem: tandem / calls,
            database: database / calls,
            broker: broker / calls,
            generator: generator / calls,
        };
        Self {
            latency: accepts.map(|of| of.latency),
            cpu_ms: Some(cpu),
            ..Self::new(WRITING, phase.stretch.throughput * calls)
        }
    }

    /// Of Tandem's lists.
    pub(super) fn list(line: &lists::Line) -> Self {
        Self {
            latency: Some(line.latency),
            bytes: Some(line.bytes),
            cpu_ms: Some(line.cpu_ms),
            failed: line.failed,
            ..Self::new(&format!("tandem, {}", line.name), line.per_second)
        }
    }

    /// Puts each in relation to what pgbench and the twin do of the same kind.
    pub(super) fn in_relation(mut lines: Vec<Self>) -> Vec<Self> {
        let rate = |lines: &[Self], name: &str| lines.iter().find(|line| line.name == name).map(|line| line.per_second);
        let raw = RAW.map(|name| rate(&lines, name));
        let twin = TWIN.map(|name| rate(&lines, name));
        for line in &mut lines {
            let share = |of: Option<f64>| of.filter(|rate| *rate > 0.0).map(|rate| line.per_second / rate);
            let (to_raw, to_twin) = match kind(&line.name) {
                Some(kind) => (share(raw[kind]), share(twin[kind])),
                None => (None, None),
            };
            (line.to_raw, line.to_twin) = (to_raw, to_twin);
        }
        lines
    }

    fn new(name: &str, per_second: f64) -> Self {
        let name = name.to_owned();
        Self { name, per_second, to_raw: None, to_twin: None, latency: None, bytes: None, cpu_ms: None, failed: 0 }
    }
}

/// 0 for what is written, 1 for pages of an inbox.
fn kind(name: &str) -> Option<usize> {
    if name.ends_with("accept") || name == WRITING {
        Some(0)
    } else if name.contains("inbox") {
        Some(1)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_is_put_in_relation_to_its_own_kind() {
        let line = |name: &str, rate| Line::new(name, rate);
        let lines = vec![
            line(RAW[0], 5000.0),
            line(RAW[1], 20_000.0),
            line(TWIN[0], 500.0),
            line(TWIN[1], 400.0),
            line(WRITING, 1000.0),
            line("tandem, inbox, 50 rows", 2000.0),
            line("tandem, worklist", 1.0),
        ];
        let ratios: Vec<_> = Line::in_relation(lines).iter().map(|line| (line.to_raw, line.to_twin)).collect();
        assert_eq!(ratios[2], (Some(0.1), Some(1.0)));
        assert_eq!(ratios[4..], [(Some(0.2), Some(2.0)), (Some(0.1), Some(5.0)), (None, None)]);
    }
}
