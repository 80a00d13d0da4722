//! The results for whoever reads them on a terminal.

use std::fmt::Write as _;

use crate::{
    fixed_limit::Fixed,
    journey::Step,
    profiles::{Phase, sustained},
    raw_limit::{Cost, Limit, Together},
    report::Report,
    stats::Latency,
};

/// All of a report.
pub(crate) fn of(report: &Report) -> String {
    let mut text = String::new();
    // Writing to a text does not fail.
    let _ = write(&mut text, report);
    text
}

fn write(text: &mut String, report: &Report) -> std::fmt::Result {
    writeln!(
        text,
        "\n{:?}{}, seed {}, {}\n",
        report.profile,
        if report.split { " with RabbitMQ between processes" } else { "" },
        report.seed,
        report.circumstances
    )?;
    let played = &report.played;
    phases(text, &played.phases)?;
    let detailed = sustained(&played.phases).or(played.phases.last());
    if let Some(phase) = detailed {
        steps(text, phase)?;
    }
    failures(text, &played.phases)?;
    verdict(text, report)?;
    if let Some(cost) = &report.statements {
        statements(text, cost)?;
    }
    match (&report.raw_limit, &report.raw_limit_skipped) {
        (Some(limit), _) => raw_limit(text, limit, report)?,
        (None, Some(cause)) => writeln!(text, "Raw limit: skipped, {cause}")?,
        (None, None) => {}
    }
    match (&report.fixed_limit, &report.fixed_limit_skipped) {
        (Some(limit), _) => fixed_limit(text, limit, report)?,
        (None, Some(cause)) => writeln!(text, "Fixed raw limit: skipped, {cause}")?,
        (None, None) => {}
    }
    match &report.comparison {
        Some(comparison) => comparison.write(text, played, report.raw_limit.as_ref().map(|limit| &limit.cost)),
        None => Ok(()),
    }
}

fn phases(text: &mut String, phases: &[Phase]) -> std::fmt::Result {
    writeln!(
        text,
        "Journeys, measured from the time at which each was to begin, in ms (late: our own share)\n\
         {:>8} {:>8} {:>6} {:>7} {:>7} {:>7} {:>7} {:>7} {:>5} {:>8} {:>7} {:>7}",
        "asked/s", "done/s", "failed", "p50", "p90", "p99", "p99.9", "max", "late", "waiting", "drain s", "MiB"
    )?;
    for phase in phases {
        let (stretch, journey) = (&phase.stretch, phase.stretch.summary.journey);
        writeln!(
            text,
            "{:>8.1} {:>8.1} {:>6} {:>7.1} {:>7.1} {:>7.1} {:>7.1} {:>7.1} {:>5.0} {:>8} {:>7.1} {:>7.1}  {}",
            stretch.rate,
            stretch.throughput,
            stretch.summary.failed + stretch.given_up,
            journey.p50,
            journey.p90,
            journey.p99,
            journey.p999,
            journey.max,
            stretch.latest_start_ms,
            phase.backlog.total(),
            phase.drained_s,
            phase.memory_mib,
            if phase.sustained { "" } else { "not sustained" }
        )?;
    }
    Ok(())
}

fn steps(text: &mut String, phase: &Phase) -> std::fmt::Result {
    writeln!(
        text,
        "\nSteps at {:.1}/s, in ms\n{:>10} {:>8} {:>7} {:>7} {:>7} {:>7} {:>7}",
        phase.stretch.rate, "", "count", "p50", "p90", "p99", "p99.9", "max"
    )?;
    for step in &phase.stretch.summary.steps {
        latency(text, step.step.name(), step.latency)?;
    }
    let cpu = phase.cpu_ms;
    writeln!(
        text,
        "Processor time for each journey, work beside included: tandem {:.1} ms, database {:.1} ms, broker {:.1} ms, generator \
         {:.1} ms",
        cpu.tandem, cpu.database, cpu.broker, cpu.generator
    )
}

fn latency(text: &mut String, name: &str, latency: Latency) -> std::fmt::Result {
    let Latency { count, p50, p90, p99, p999, max } = latency;
    writeln!(text, "{name:>10} {count:>8} {p50:>7.1} {p90:>7.1} {p99:>7.1} {p999:>7.1} {max:>7.1}")
}

fn failures(text: &mut String, phases: &[Phase]) -> std::fmt::Result {
    for phase in phases {
        let summary = &phase.stretch.summary;
        for failure in &summary.failures {
            let (rate, step) = (phase.stretch.rate, failure.step.name());
            writeln!(text, "At {rate:.1}/s: {} times {} at {step}", failure.count, failure.reason)?;
        }
        if let Some(first) = &summary.first_failure {
            writeln!(text, "  first: {first}")?;
        }
        if summary.repeated > 0 {
            writeln!(text, "Calls repeated because nobody knew whether they had taken effect: {}", summary.repeated)?;
        }
    }
    Ok(())
}

fn verdict(text: &mut String, report: &Report) -> std::fmt::Result {
    let found = &report.played.verdict;
    writeln!(
        text,
        "\nLooked up afterwards: {} requests, {} lost, {} with a step twice, {} drafts nobody was told of; {} confirmed, {} in \
         reports; {} dead letters; {} mails, {} of them twice; {} errors and {} warnings in Tandem's log",
        found.requests,
        found.lost,
        found.doubled,
        found.unknown_drafts,
        found.confirmed,
        found.confirmed_in_reports,
        found.dead_letters.len(),
        found.mails,
        found.mails_doubled,
        report.played.log_errors,
        report.played.log_warnings
    )?;
    for fault in found.first_fault.iter().chain(found.dead_letters.iter().take(5)) {
        writeln!(text, "  {fault}")?;
    }
    if report.holds() { Ok(()) } else { writeln!(text, "Tandem's log ends:\n{}", report.played.log) }
}

fn statements(text: &mut String, cost: &Cost) -> std::fmt::Result {
    let calls =
        Step::ALL.iter().zip(cost.statements_by_call).map(|(step, count)| format!("{} {count:.1}", step.name()));
    let Together { journeys, events, mails, .. } = cost.together;
    writeln!(
        text,
        "\nStatements, BEGIN and COMMIT among them: {}, when alone; with {journeys} journeys under way {:.1} a call, {:.1} an event at each \
         consumer (of {events}), {:.1} a mail (of {mails});\nfor each journey besides: {:.1} of the relay, {:.1} of all else",
        calls.collect::<Vec<_>>().join(", "),
        cost.together.statements_per_call,
        cost.together.statements_per_event,
        cost.together.statements_per_mail,
        cost.together.statements_of_relay,
        cost.together.statements_of_rest
    )
}

fn raw_limit(text: &mut String, limit: &Limit, report: &Report) -> std::fmt::Result {
    let cost = &limit.cost;
    let runs: Vec<String> =
        limit.runs.iter().map(|run| format!("{} ({} clients)", run.journeys_per_second.round(), run.clients)).collect();
    writeln!(
        text,
        "\nRaw limit: {:.0} journeys/s by pgbench with {} clients; runs before and after: {}\n\
         In it: the {} statements of the {} transactions that answer a journey's calls, {:.1} ms of database time when alone.\n\
         Not in it: HTTP, gRPC, tokens, JSON; events, mails and reports, which run beside: {:.0} statements, {:.1} ms.",
        limit.journeys_per_second,
        limit.clients,
        runs.join(", "),
        cost.statements,
        cost.transactions,
        cost.milliseconds,
        cost.statements_beside,
        cost.milliseconds_beside
    )?;
    match (report.played.sustained, report.ratio) {
        (Some(sustained), Some(ratio)) => writeln!(
            text,
            "Sustained: {sustained:.1} journeys/s (p99 within {} ms, nothing piling up) = {ratio:.3} of the raw limit, with the \
             work beside and the generator on the same cores",
            report.p99_limit_ms
        ),
        _ => writeln!(text, "No ratio: this profile does not look for Tandem's limit"),
    }
}

fn fixed_limit(text: &mut String, limit: &Fixed, report: &Report) -> std::fmt::Result {
    writeln!(
        text,
        "\nFixed raw limit, which Tandem's own statements do not move: {:.0} accepts/s of four statements ({}), {:.0} inbox pages/s \
         of one index ({}), by pgbench with {} clients on {} rows, before and after",
        limit.accept.per_second,
        limit.accept.list(),
        limit.inbox.per_second,
        limit.inbox.list(),
        limit.clients,
        limit.rows
    )?;
    match (report.writing_calls_per_second, report.fixed_ratio) {
        (Some(calls), Some(ratio)) => {
            writeln!(text, "Sustained: {calls:.0} writing calls/s, six for each journey = {ratio:.3} of the accepts")
        }
        _ => Ok(()),
    }
}
