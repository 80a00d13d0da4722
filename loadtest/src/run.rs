//! One run from the first server to the last number.

use std::{fs, sync::Arc, sync::atomic::Ordering, thread, time::Duration};

use anyhow::{Context as _, Result};
use jiff::tz::TimeZone;
use kernel::{Clock as _, SystemClock};
use serde::Serialize;
use tokio::time::Instant;

use crate::{
    api::Api,
    arguments::Arguments,
    arrivals::{Arrivals, Diary, drive},
    backlog::{Backlog, dead_letters},
    environment::Environment,
    journey::{Step, Ticket, travel_to},
    limits::Limits,
    patience::wait_for,
    profiles::Scene,
    progress,
    raw_limit::Sample,
    report::Report,
    server::{Database, Server},
    session::Keeper,
    tandem::Setup,
    verify::Verdict,
    world::World,
};

/// Before anything counts: connections are opened, statements prepared, caches filled.
const WARM_UP: Arrivals = Arrivals { rate: 5.0, length: Duration::from_secs(4), insist: false };
/// How long news of the new province may take to reach all services.
const PATIENCE: Duration = Duration::from_secs(60);

/// Runs, unless we are told to stop first; either way everything that was started ends.
pub(crate) async fn run(arguments: &Arguments) -> Result<Report> {
    progress("starting PostgreSQL and Tandem");
    let environment = Environment::open(None).await?;
    let work = measure(arguments, &environment);
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
    let (server, setup, sink) = (&environment.server, &environment.own.setup, &environment.own.sink);
    let database = environment.own.database(server)?;
    let diary = Arc::new(Diary::default());
    let (world, sample) = found_province(arguments, server, &database, setup, &diary).await?;
    let mut limits = Limits::prepare(arguments, server, (&database, sample), &environment.fixed_name()).await;
    progress("raw limits, before");
    limits.measure(server).await?;

    let database = server.connect(&database.name)?;
    let tandem = setup.start().await?;
    for session in world.sessions() {
        session.renew(&world.api).await?;
    }
    let keeper = Keeper::of(world.api.clone(), world.sessions());
    drive(&world, &diary, WARM_UP).await;
    Backlog::drained(&database.pool).await?;
    progress(&format!("{:?}", arguments.profile));
    let scene = Scene { arguments, server, database: &database, setup, world: &world, diary: &diary };
    let (phases, tandem) = scene.play(tandem).await?;

    progress("looking everything up again");
    let mut verdict = Verdict::reach(&world, diary.all(), sink).await?;
    verdict.dead_letters = dead_letters(&database.pool).await?;
    drop(keeper);
    tandem.stop().await?;
    progress("raw limits, after");
    limits.measure(server).await?;
    let limits = limits.finish(server).await?;
    Ok(Report {
        profile: arguments.profile,
        seed: arguments.seed,
        date: world.today.to_string(),
        build: crate::BUILD,
        cores: thread::available_parallelism().map_or(1, usize::from),
        server: server.care().await?,
        p99_limit_ms: arguments.p99_limit_ms,
        steps: Step::ALL,
        phases,
        verdict,
        log: setup.log.last_lines(),
        log_errors: setup.log.errors.load(Ordering::Relaxed),
        log_warnings: setup.log.warnings.load(Ordering::Relaxed),
        sustained: None,
        raw_limit_skipped: limits.sampled.as_ref().err().cloned(),
        raw_limit: limits.sampled.ok(),
        ratio: None,
        fixed_limit_skipped: limits.fixed.as_ref().err().cloned(),
        fixed_limit: limits.fixed.ok(),
        writing_calls_per_second: None,
        fixed_ratio: None,
    }
    .conclude())
}

/// Makes the province with a Tandem whose statements are logged, samples some journeys, and stops it.
async fn found_province(
    arguments: &Arguments,
    server: &Server,
    database: &Database,
    setup: &Setup,
    diary: &Arc<Diary>,
) -> Result<(Arc<World>, Option<Result<Sample>>)> {
    let samples = arguments.raw_seconds > 0;
    server.log_statements(database, samples).await?;
    let tandem = setup.start().await?;
    let operator = tandem.first_operator.as_ref().context("the first start of a province names its first operator")?;
    let api = Api::new(setup.port);
    let today = SystemClock.today(&TimeZone::UTC);
    let world = Arc::new(World::build(&api, operator, arguments.seed, today).await?);
    wait_until_known(&world, diary).await?;
    let sample = if samples {
        progress("sampling journeys");
        drive(&world, diary, WARM_UP).await;
        Some(Sample::take(&world, diary, &database.pool).await)
    } else {
        None
    };
    tandem.stop().await?;
    server.log_statements(database, false).await?;
    Ok((world, sample))
}

/// Services hear of each other's news a little later: tries each lane until a request reaches its agent's inbox.
pub(crate) async fn wait_until_known(world: &Arc<World>, diary: &Diary) -> Result<()> {
    for lane in 0..crate::world::LANES {
        let known = wait_for("the province to be known everywhere", PATIENCE, async || {
            let number = diary.number();
            let ticket = Ticket { number, content: number, intended: Instant::now(), insist: true };
            let travelled = travel_to(world, ticket, Step::Redirect).await;
            let failure = travelled.failure.clone();
            diary.keep(travelled);
            Ok(failure.is_none().then_some(()))
        });
        known.await.with_context(|| format!("lane {lane}"))?;
    }
    Ok(())
}
