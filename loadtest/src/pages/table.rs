//! The results for whoever reads them on a terminal.

use std::fmt::Write as _;

use super::Outcome;

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
        "\nPages, {}; {:.0} pages and direct calls a \
         second, begun {:.0} ms late at most;\na site with {} destinations and {} requests besides the demonstration's. Times in ms.\n\n\
         {:<22} {:<13} {:>5} {:>6} {:>6} {:>7} {:>6} {:>6} {:>7} {:>7} {:>7} {:>6} {:>7}",
        outcome.circumstances,
        outcome.rate,
        outcome.latest_start_ms,
        outcome.destinations,
        outcome.requests,
        "",
        "",
        "count",
        "failed",
        "whole",
        "p99",
        "own",
        "p99",
        "gateway",
        "p99",
        "direct",
        "ratio",
        "KiB gz"
    )?;
    for page in &outcome.pages {
        let ratio = page.ratio.map_or_else(|| "–".to_owned(), |ratio| format!("{ratio:.2}"));
        writeln!(
            text,
            "{:<22} {:<13} {:>5} {:>6} {:>6.1} {:>7.1} {:>6.1} {:>6.1} {:>7.1} {:>7.1} {:>7.1} {ratio:>6} {:>7.1}{}",
            page.name,
            page.who.name(),
            page.whole.count,
            page.failed,
            page.whole.p50,
            page.whole.p99,
            page.own.p50,
            page.own.p99,
            page.gateway.p50,
            page.gateway.p99,
            page.direct.p50,
            page.bytes as f64 / 1024.0,
            if outcome.is_slow(page) { "  too slow" } else { "" }
        )?;
    }
    failures(text, outcome)
}

fn failures(text: &mut String, outcome: &Outcome) -> std::fmt::Result {
    for page in &outcome.pages {
        if let Some(first) = &page.first_failure {
            writeln!(text, "{} of {}: {first}", page.name, page.who.name())?;
        }
    }
    writeln!(
        text,
        "\nWhole: as the browser waits. Own: session, rendering and compression, all but the time in which the gateway was awaited; \
         below {} ms at p99 in a release build. Direct: the same calls without a page. Ratio: whole to direct, medians.\n\
         {} errors in Tandem's log, {} dead letters",
        outcome.own_limit_ms, outcome.log_errors, outcome.dead_letters
    )?;
    if outcome.holds() { Ok(()) } else { writeln!(text, "Tandem's log ends:\n{}", outcome.log) }
}
