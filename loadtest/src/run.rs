//! One run from the first server to the last number.

use std::fs;

use anyhow::{Context as _, Result};
use serde::Serialize;

use crate::{
    arguments::Arguments,
    circumstances::Circumstances,
    comparison::Comparison,
    environment::Environment,
    journey::Step,
    limits::Limits,
    profiles::{Phase, sustained},
    progress,
    raw_limit::{Cost, Sample},
    report::Report,
    side::Side,
};

/// Runs, unless we are told to stop first; either way everything that was started ends.
pub(crate) async fn run(arguments: &Arguments) -> Result<Report> {
    progress("starting PostgreSQL and Tandem");
    let mut environment = Environment::open(arguments.beside.as_deref()).await?;
    if arguments.split {
        environment.split().await?;
    }
    let work = Box::pin(measure(arguments, &environment));
    let outcome = environment.unless_stopped(work).await;
    environment.clear().await?;
    let report = outcome?;
    write(arguments, &report)?;
    Ok(report)
}

/// Writes results to the file that was asked for, if one was.
pub(crate) fn write(arguments: &Arguments, results: &impl Serialize) -> Result<()> {
    let Some(path) = &arguments.output else { return Ok(()) };
    let json = serde_json::to_string_pretty(results)?;
    fs::write(path, json + "\n").with_context(|| path.display().to_string())
}

async fn measure(arguments: &Arguments, environment: &Environment) -> Result<Report> {
    let server = &environment.server;
    let samples = arguments.raw_seconds > 0;
    let (own, sample) = Side::found(arguments, server, &environment.own, samples).await?;
    let other = match &environment.beside {
        Some(installation) => Some(Side::found(arguments, server, installation, samples).await?),
        None => None,
    };
    let statements = cost(sample.as_ref());
    let database = environment.own.database(server)?;
    let mut limits = Limits::prepare(arguments, server, (&database, sample), &environment.fixed_name()).await;
    progress("raw limits, before");
    limits.measure(server).await?;

    let before = match &other {
        Some((other, _)) => Some(search(other).await?),
        None => None,
    };
    let (phases, running) = own.start().await?.play().await?;
    let rate = before.as_ref().and_then(|phases| sustained(phases)).map(|phase| phase.stretch.rate);
    let same_rate = match rate {
        Some(rate) => Some(running.play_at(rate).await?),
        None => None,
    };
    let played = running.conclude(phases).await?;
    let comparison = match (&other, before) {
        (Some(other), Some(before)) => Some(compare(environment, other, before, (rate, same_rate)).await?),
        _ => None,
    };

    progress("raw limits, after");
    limits.measure(server).await?;
    let limits = limits.finish(server).await?;
    Ok(Report {
        profile: arguments.profile,
        seed: arguments.seed,
        circumstances: Circumstances::of(server, own.world.today).await?,
        p99_limit_ms: arguments.p99_limit_ms,
        split: arguments.split,
        steps: Step::ALL,
        played,
        statements,
        raw_limit_skipped: limits.sampled.as_ref().err().cloned(),
        raw_limit: limits.sampled.ok(),
        ratio: None,
        fixed_limit_skipped: limits.fixed.as_ref().err().cloned(),
        fixed_limit: limits.fixed.ok(),
        writing_calls_per_second: None,
        fixed_ratio: None,
        comparison,
    }
    .conclude())
}

/// Plays the profile with the other program.
async fn search(other: &Side<'_>) -> Result<Vec<Phase>> {
    let (phases, running) = other.start().await?.play().await?;
    running.stop().await?;
    Ok(phases)
}

/// Plays the rate that the other program sustained with it once more: what differs from its first time is the machine's doing.
async fn compare(
    environment: &Environment,
    (other, sample): &(Side<'_>, Option<Result<Sample>>),
    before: Vec<Phase>,
    (rate, same_rate): (Option<f64>, Option<Phase>),
) -> Result<Comparison> {
    let running = other.start().await?;
    let again = match rate {
        Some(rate) => Some(running.play_at(rate).await?),
        None => None,
    };
    let program = environment.beside.as_ref().map(|other| other.setup.program.display().to_string());
    Ok(Comparison {
        program: program.unwrap_or_default(),
        other: running.conclude(before).await?,
        cost: cost(sample.as_ref()),
        again,
        same_rate,
        ratios: None,
        same_rate_ratios: None,
    })
}

/// What a journey takes of the database, if that was sampled.
fn cost(sample: Option<&Result<Sample>>) -> Option<Cost> {
    sample?.as_ref().ok().map(|sample| sample.cost)
}
