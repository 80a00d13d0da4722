//! What is counted of one page.

use std::time::Duration;

use hdrhistogram::Histogram;
use serde::Serialize;

use super::{list::MainPage, people::Who};
use crate::stats::{Latency, histogram, record};

/// One page that was answered.
pub(crate) struct Seen {
    pub(crate) own: Duration,
    pub(crate) gateway: Duration,
    /// As it travels, compressed.
    pub(crate) bytes: usize,
}

/// As it comes in.
pub(crate) struct Figures {
    whole: Histogram<u64>,
    own: Histogram<u64>,
    gateway: Histogram<u64>,
    direct: Histogram<u64>,
    failed: u64,
    first_failure: Option<String>,
    bytes: usize,
}

/// What is told of a page in the end. Times are in milliseconds.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Row {
    pub(crate) name: &'static str,
    pub(crate) who: Who,
    /// Calls of the gateway that it makes.
    pub(crate) calls: usize,
    /// Pages, or their direct calls, that were not answered well.
    pub(crate) failed: u64,
    pub(crate) first_failure: Option<String>,
    /// As the browser waits, from the appointed time to the last byte.
    pub(crate) whole: Latency,
    pub(crate) own: Latency,
    pub(crate) gateway: Latency,
    /// The same calls without a page, from the appointed time to the last answer.
    pub(crate) direct: Latency,
    /// Medians: the page to its calls alone. None where there are none.
    pub(crate) ratio: Option<f64>,
    pub(crate) bytes: usize,
}

impl Default for Figures {
    fn default() -> Self {
        Self {
            whole: histogram(),
            own: histogram(),
            gateway: histogram(),
            direct: histogram(),
            failed: 0,
            first_failure: None,
            bytes: 0,
        }
    }
}

impl Figures {
    /// Counts a page, which somebody waited for so long.
    pub(crate) fn add_page(&mut self, outcome: anyhow::Result<Seen>, waited: Duration) {
        match outcome {
            Ok(seen) => {
                record(&mut self.whole, waited);
                record(&mut self.own, seen.own);
                record(&mut self.gateway, seen.gateway);
                self.bytes = self.bytes.max(seen.bytes);
            }
            Err(error) => self.add_failure(&error),
        }
    }

    /// Counts its calls without it.
    pub(crate) fn add_direct(&mut self, outcome: anyhow::Result<()>, waited: Duration) {
        match outcome {
            Ok(()) => record(&mut self.direct, waited),
            Err(error) => self.add_failure(&error),
        }
    }

    fn add_failure(&mut self, error: &anyhow::Error) {
        self.failed += 1;
        self.first_failure.get_or_insert_with(|| format!("{error:#}"));
    }

    /// What is told of it.
    pub(crate) fn row(&self, page: &MainPage) -> Row {
        let (whole, direct) = (Latency::of(&self.whole), Latency::of(&self.direct));
        let calls = page.steps.iter().map(Vec::len).sum();
        Row {
            name: page.name,
            who: page.who,
            calls,
            failed: self.failed,
            first_failure: self.first_failure.clone(),
            whole,
            own: Latency::of(&self.own),
            gateway: Latency::of(&self.gateway),
            direct,
            ratio: (calls > 0 && direct.p50 > 0.0).then(|| (whole.p50 / direct.p50 * 100.0).round() / 100.0),
            bytes: self.bytes,
        }
    }
}

impl Row {
    /// Whether it was asked for, and always answered well.
    pub(crate) fn is_answered(&self) -> bool {
        self.failed == 0 && self.whole.count > 0 && (self.calls == 0 || self.direct.count > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(figures: &Figures, steps: Vec<Vec<super::super::list::Call>>) -> Row {
        figures.row(&MainPage { name: "home", who: Who::School, path: "/".into(), steps })
    }

    #[test]
    fn a_page_that_failed_once_is_not_answered() {
        let (mut figures, ms) = (Figures::default(), Duration::from_millis);
        assert!(!row(&figures, Vec::new()).is_answered(), "nobody has asked for it");
        figures.add_page(Ok(Seen { own: ms(2), gateway: ms(5), bytes: 9000 }), ms(8));
        let told = row(&figures, Vec::new());
        assert!(told.is_answered() && told.ratio.is_none());
        assert_eq!((told.whole.p50, told.own.p50, told.gateway.p50, told.bytes), (8.0, 2.0, 5.0, 9000));
        figures.add_page(Err(anyhow::anyhow!("500")), ms(8));
        assert!(!row(&figures, Vec::new()).is_answered());
    }
}
