//! Tandem beside what a team would build instead: the accept step and the inbox of a Django REST service on tables of their own, with
//! gunicorn, asked on as many connections by the same client; and both beside what pgbench does with the statements alone.

mod line;
mod table;
mod twin;

use std::{sync::Arc, time::Duration};

use anyhow::{Context as _, Result, anyhow};
use bytes::Bytes;
use http::Method;
use serde::Serialize;

pub(crate) use self::table::of as table;
use self::{
    line::Line,
    twin::{Packages, Twin},
};
use crate::{
    api::{Api, Refusal},
    arguments::Arguments,
    circumstances::Circumstances,
    closed_loop::{Answers, ask_for, connections},
    cpu::{self, Cpu},
    environment::Environment,
    fixed_limit::{Fixed, FixedLimit},
    limits,
    lists::{self, Province},
    played::Played,
    profiles::sustained,
    progress, run,
    server::Server,
    side::Side,
};

/// Before anything counts.
const WARM_UP: Duration = Duration::from_secs(3);
/// The twin is measured before Tandem and after it.
const TURNS: u32 = 2;

/// What came of it.
#[derive(Serialize)]
pub(crate) struct Outcome {
    #[serde(flatten)]
    pub(crate) circumstances: Circumstances,
    pub(crate) connections: u32,
    pub(crate) fixed_limit: Fixed,
    /// All that is compared, in the order in which it is read.
    pub(crate) lines: Vec<Line>,
    /// Memory in MiB, of all processes of each.
    pub(crate) twin_memory_mib: f64,
    pub(crate) tandem_memory_mib: f64,
    /// The search for Tandem's rate.
    pub(crate) tandem: Played,
    pub(crate) lists: lists::Found,
}

impl Outcome {
    /// Whether every call was answered well.
    pub(crate) fn holds(&self) -> bool {
        self.tandem.verdict.holds() && self.lists.holds() && self.lines.iter().all(|line| line.failed == 0)
    }
}

/// What the twin did, in all its turns.
#[derive(Default)]
struct Gathered {
    accept: (Answers, Cpu),
    inbox: (Answers, Cpu),
    memory_mib: f64,
}

/// Runs, unless we are told to stop first; either way everything that was started ends.
pub(crate) async fn run(arguments: &Arguments) -> Result<Outcome> {
    let packages = Packages::prepare().await?;
    progress("starting PostgreSQL and Tandem");
    let environment = Environment::open(None).await?;
    let work = Box::pin(measure(arguments, &environment, &packages));
    let outcome = environment.unless_stopped(work).await;
    environment.clear().await?;
    let outcome = outcome?;
    run::write(arguments, &outcome)?;
    Ok(outcome)
}

async fn measure(arguments: &Arguments, environment: &Environment, packages: &Packages) -> Result<Outcome> {
    let server = &environment.server;
    let fixed = limits::fixed(arguments, server, &environment.fixed_name()).await;
    let mut fixed = fixed.map_err(|cause| anyhow!("nothing to compare with: {cause}"))?;
    let side = Side::found(arguments, server, &environment.own, false).await?.0;

    fixed.measure(server).await?;
    let mut twin = Gathered::default();
    ask_twin(arguments, server, &fixed, packages, &mut twin).await?;
    // Lists first: journeys would make the inbox longer.
    let filling = Province::fill(arguments, server, &environment.own, (Arc::clone(&side.world), side.diary()));
    let mut province = filling.await?;
    province.ask(server, (arguments.connections, arguments.length())).await?;
    let (phases, running) = side.start().await?.play().await?;
    let tandem = running.conclude(phases).await?;
    ask_twin(arguments, server, &fixed, packages, &mut twin).await?;
    fixed.measure(server).await?;
    let fixed = fixed.finish(server).await?;

    let lists = province.conclude();
    let best = sustained(&tandem.phases);
    let mut lines = vec![Line::raw("raw accept", &fixed.accept), Line::raw("raw inbox", &fixed.inbox)];
    lines.push(Line::answers("twin accept", &twin.accept));
    lines.push(Line::answers("twin inbox", &twin.inbox));
    lines.extend(best.map(Line::journeys));
    lines.extend(lists.lines.iter().map(Line::list));
    let lines = Line::in_relation(lines);
    Ok(Outcome {
        circumstances: Circumstances::of(server, side.world.today).await?,
        connections: arguments.connections,
        fixed_limit: fixed,
        lines,
        twin_memory_mib: twin.memory_mib,
        tandem_memory_mib: best.map_or(lists.memory_mib, |phase| phase.memory_mib.max(lists.memory_mib)),
        tandem,
        lists,
    })
}

/// One turn of the twin.
async fn ask_twin(
    arguments: &Arguments,
    server: &Server,
    fixed: &FixedLimit,
    packages: &Packages,
    gathered: &mut Gathered,
) -> Result<()> {
    fixed.tidy(server).await?;
    let pool = &fixed.database.pool;
    let agency: String = sqlx::query_scalar("SELECT md5('a7')::uuid::text").fetch_one(pool).await?;
    let requests: Vec<String> =
        sqlx::query_scalar("SELECT id::text FROM requests WHERE agency_id = md5('a7')::uuid").fetch_all(pool).await?;
    let twin = packages.start(&fixed.database.url, &agency).await.context("the twin")?;
    let accepts = requests.iter().map(|id| (Method::POST, format!("/v1/requests/{id}/accept"))).collect();
    let inbox = vec![(Method::GET, "/v1/inbox".to_owned())];
    for (name, calls, found) in [("accept", accepts, &mut gathered.accept), ("inbox", inbox, &mut gathered.inbox)] {
        ask(arguments, server, (fixed, &twin), (name, calls), found).await?;
    }
    gathered.memory_mib = gathered.memory_mib.max(cpu::memory(twin.pid()));
    twin.stop().await
}

/// Makes some calls by turns, and adds what came of them.
async fn ask(
    arguments: &Arguments,
    server: &Server,
    (fixed, twin): (&FixedLimit, &Twin),
    (name, calls): (&str, Vec<(Method, String)>),
    found: &mut (Answers, Cpu),
) -> Result<()> {
    let apis = connections(twin.port, arguments.connections);
    let (calls, token): (Arc<[_]>, Arc<str>) = (calls.into(), twin.token.as_str().into());
    let ask = |length| {
        let (calls, token) = (Arc::clone(&calls), Arc::clone(&token));
        ask_for(&apis, length, move |api, number| call(api, number, Arc::clone(&calls), Arc::clone(&token)))
    };
    let length = arguments.length() / TURNS;
    ask(WARM_UP.min(length)).await;
    server.settle().await?;
    let before = Cpu::now(twin.pid(), &fixed.database.pool, None).await;
    let answers = ask(length).await;
    found.1 += Cpu::now(twin.pid(), &fixed.database.pool, None).await.since(before);
    progress(&format!("  twin, {name}: {:.0}/s, p99 {:.1} ms", answers.per_second(), answers.latency().p99));
    found.0.join(answers);
    Ok(())
}

/// One of the calls, by its number.
async fn call(api: Api, number: u64, calls: Arc<[(Method, String)]>, token: Arc<str>) -> Result<usize, Refusal> {
    let index = usize::try_from(number).unwrap_or_default() % calls.len().max(1);
    let (method, path) = calls.get(index).ok_or_else(|| Refusal::unexpected("the table holds no request"))?;
    let body = (method == Method::POST).then(|| Bytes::from_static(b"{}"));
    Ok(api.exchange(method.clone(), &token, path, body).await?.len())
}
