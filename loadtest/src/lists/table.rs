//! The results for whoever reads them on a terminal.

use std::fmt::Write as _;

use super::{Found, Outcome, line::Ratios};

/// All of them.
pub(crate) fn of(outcome: &Outcome) -> String {
    let mut text = String::new();
    // Writing to a text does not fail.
    let _ = write(&mut text, outcome);
    text
}

fn write(text: &mut String, outcome: &Outcome) -> std::fmt::Result {
    writeln!(
        text,
        "\nLists, {}; {} connections, each asks again when \
         answered",
        outcome.circumstances, outcome.connections,
    )?;
    found(text, &outcome.tandem)?;
    if let Some(other) = &outcome.other {
        writeln!(text, "\nBy turns with it: {}", other.program)?;
        found(text, other)?;
        ratios(text, &outcome.ratios)?;
    }
    match (&outcome.fixed_limit, &outcome.fixed_limit_skipped) {
        (Some(fixed), _) => {
            writeln!(
                text,
                "\nFixed raw inbox page: {:.0}/s of one index ({}), by pgbench with {} clients on {} rows, before and after",
                fixed.inbox.per_second,
                fixed.inbox.list(),
                fixed.clients,
                fixed.rows
            )?;
        }
        (None, Some(cause)) => writeln!(text, "\nFixed raw inbox page: skipped, {cause}")?,
        (None, None) => {}
    }
    match outcome.inbox_ratio {
        Some(ratio) => writeln!(text, "Tandem's inbox = {ratio:.4} of it"),
        None => Ok(()),
    }
}

fn found(text: &mut String, found: &Found) -> std::fmt::Result {
    let filled = &found.filled;
    writeln!(
        text,
        "{} requests, of which {} are the coordinator's, {} of them open and active, {} pending; {:.1} MiB, {} errors in the log\n\
         {:<18} {:>8} {:>7} {:>7} {:>7} {:>7} {:>8} {:>10} {:>12} {:>13} {:>6}",
        filled.requests,
        filled.own,
        filled.open,
        filled.pending,
        found.memory_mib,
        found.log_errors,
        "times in ms",
        "each s",
        "p50",
        "p99",
        "p99.9",
        "max",
        "bytes",
        "cpu tandem",
        "cpu database",
        "cpu generator",
        "failed"
    )?;
    for line in &found.lines {
        writeln!(
            text,
            "{:<18} {:>8.1} {:>7.1} {:>7.1} {:>7.1} {:>7.1} {:>8} {:>10.2} {:>12.2} {:>13.2} {:>6}",
            line.name,
            line.per_second,
            line.latency.p50,
            line.latency.p99,
            line.latency.p999,
            line.latency.max,
            line.bytes,
            line.cpu_ms.tandem,
            line.cpu_ms.database,
            line.cpu_ms.generator,
            line.failed
        )?;
        if let Some(first) = &line.first_failure {
            writeln!(text, "  first: {first}")?;
        }
    }
    if found.holds() { Ok(()) } else { writeln!(text, "Tandem's log ends:\n{}", found.log) }
}

fn ratios(text: &mut String, ratios: &[Ratios]) -> std::fmt::Result {
    writeln!(
        text,
        "\n{:<18} {:>8} {:>7} {:>7} {:>10} {:>12}",
        "ours to the other", "each s", "p99", "bytes", "cpu tandem", "cpu database"
    )?;
    for ratio in ratios {
        writeln!(
            text,
            "{:<18} {:>8.2} {:>7.2} {:>7.2} {:>10.2} {:>12.2}",
            ratio.name, ratio.per_second, ratio.p99, ratio.bytes, ratio.tandem_cpu, ratio.database_cpu
        )?;
    }
    Ok(())
}
