//! What is asked, and what came of it.

use serde::Serialize;

use crate::{closed_loop::Answers, cpu::Cpu, stats::Latency};

/// The page of an inbox as it is opened.
pub(crate) const INBOX: &str = "inbox, 50 rows";

/// One question that is asked again and again.
pub(super) struct Question {
    pub(super) name: &'static str,
    pub(super) path: &'static str,
    /// The same of a program that does not know a parameter of `path`.
    pub(super) earlier: &'static str,
}

/// All of them.
pub(super) const QUESTIONS: [Question; 3] = [
    Question {
        name: INBOX,
        path: "/v1/inbox?page_size=50&view=PLACEMENT_REQUEST_VIEW_BASIC",
        earlier: "/v1/inbox?page_size=50",
    },
    Question {
        name: "inbox, one state",
        path: "/v1/inbox?page_size=50&view=PLACEMENT_REQUEST_VIEW_BASIC&states=STATE_SENT",
        earlier: "/v1/inbox?page_size=50&states=STATE_SENT",
    },
    Question { name: "worklist", path: "/v1/worklist", earlier: "/v1/worklist" },
];

/// A question's answers so far, with the processor time that was used meanwhile.
#[derive(Clone, Debug, Default)]
pub(super) struct Gathered {
    pub(super) answers: Answers,
    pub(super) cpu: Cpu,
}

/// What came of a question.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Line {
    pub(crate) name: &'static str,
    pub(crate) per_second: f64,
    pub(crate) failed: u64,
    pub(crate) first_failure: Option<String>,
    pub(crate) latency: Latency,
    /// Of an answer's body, not compressed.
    pub(crate) bytes: usize,
    /// Processor milliseconds for each answer.
    pub(crate) cpu_ms: Cpu,
}

impl Line {
    pub(super) fn of(question: &Question, gathered: &Gathered) -> Self {
        let answers = &gathered.answers;
        Self {
            name: question.name,
            per_second: answers.per_second(),
            failed: answers.failed,
            first_failure: answers.first_failure.clone(),
            latency: answers.latency(),
            bytes: answers.bytes,
            cpu_ms: gathered.cpu.milliseconds_each(answers.count()),
        }
    }

    /// Whether there were answers, all of them good.
    pub(crate) const fn is_answered(&self) -> bool {
        self.failed == 0 && self.latency.count > 0
    }
}

/// Ours as a multiple of the other's.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Ratios {
    pub(crate) name: &'static str,
    pub(crate) per_second: f64,
    pub(crate) p99: f64,
    pub(crate) bytes: f64,
    /// Processor time for each answer.
    pub(crate) tandem_cpu: f64,
    pub(crate) database_cpu: f64,
}

impl Ratios {
    /// Of two lines of the same question.
    pub(super) fn of(own: &Line, other: &Line) -> Self {
        let ratio = |own: f64, other: f64| own / other.max(f64::MIN_POSITIVE);
        Self {
            name: own.name,
            per_second: ratio(own.per_second, other.per_second),
            p99: ratio(own.latency.p99, other.latency.p99),
            bytes: ratio(own.bytes as f64, other.bytes as f64),
            tandem_cpu: ratio(own.cpu_ms.tandem, other.cpu_ms.tandem),
            database_cpu: ratio(own.cpu_ms.database, other.cpu_ms.database),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_ours_to_the_others() {
        let line = |per_second, bytes, database| Line {
            name: INBOX,
            per_second,
            failed: 0,
            first_failure: None,
            latency: Latency { p99: bytes as f64, ..Latency::default() },
            bytes,
            cpu_ms: Cpu { database, ..Cpu::default() },
        };
        let ratios = Ratios::of(&line(800.0, 25, 1.0), &line(100.0, 100, 4.0));
        assert_eq!((ratios.per_second, ratios.p99, ratios.bytes, ratios.database_cpu), (8.0, 0.25, 0.25, 0.25));
    }
}
