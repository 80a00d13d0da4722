//! The results for whoever reads them on a terminal.

use std::fmt::Write as _;

use super::{Line, Outcome};

/// All of them.
pub(crate) fn of(outcome: &Outcome) -> String {
    let mut text = String::new();
    // Writing to a text does not fail.
    let _ = write(&mut text, outcome);
    text
}

fn write(text: &mut String, outcome: &Outcome) -> std::fmt::Result {
    let filled = &outcome.lists.filled;
    writeln!(
        text,
        "\nPeer, {}; {} connections, each asks again when \
         answered;\nraw and twin on {} rows, Tandem's lists among {} requests, of which one coordinator has {} open; times in ms\n",
        outcome.circumstances, outcome.connections, outcome.fixed_limit.rows, filled.requests, filled.open
    )?;
    writeln!(
        text,
        "{:<24} {:>8} {:>7} {:>7} {:>7} {:>7} {:>8} {:>10} {:>12} {:>6}",
        "", "each s", "to raw", "to twin", "p50", "p99", "bytes", "cpu server", "cpu database", "failed"
    )?;
    outcome.lines.iter().try_for_each(|of| line(text, of))?;
    writeln!(
        text,
        "\nTandem's writing calls are the six of a journey at the rate that it sustains, with their \
         events, mails and reports; the twin's accept has none of these. Their p50 and p99 are an accept's.\n\
         Memory: twin {:.1} MiB in all its processes, Tandem {:.1} MiB",
        outcome.twin_memory_mib, outcome.tandem_memory_mib
    )?;
    if outcome.holds() { Ok(()) } else { writeln!(text, "Tandem's log ends:\n{}", outcome.tandem.log) }
}

fn line(text: &mut String, line: &Line) -> std::fmt::Result {
    let shown =
        |value: Option<f64>, digits: usize| value.map_or_else(|| "–".to_owned(), |value| format!("{value:.digits$}"));
    writeln!(
        text,
        "{:<24} {:>8.0} {:>7} {:>7} {:>7} {:>7} {:>8} {:>10} {:>12} {:>6}",
        line.name,
        line.per_second,
        shown(line.to_raw, 3),
        shown(line.to_twin, 2),
        shown(line.latency.map(|of| of.p50), 1),
        shown(line.latency.map(|of| of.p99), 1),
        line.bytes.map_or_else(|| "–".to_owned(), |bytes| bytes.to_string()),
        shown(line.cpu_ms.map(|of| of.tandem), 2),
        shown(line.cpu_ms.map(|of| of.database), 2),
        line.failed
    )
}
