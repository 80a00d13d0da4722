//! A few journeys, one after the other, and what PostgreSQL did for them.

use std::{collections::HashMap, sync::Arc, time::Duration};

use anyhow::{Context as _, Result, ensure};
use serde::Serialize;
use sqlx::PgPool;
use tokio::time::Instant;

use super::{
    kinds::{Counts, Together},
    log::{self, Line, Transaction},
    script::{self, Script},
};
use crate::{
    arrivals::{Arrivals, Diary, drive},
    backlog::{Backlog, Done},
    broker::Broker,
    content,
    journey::{Step, Ticket, travel},
    world::{LANES, World},
};

/// Journeys of each lane: the last two are compared, all are counted.
const ROUNDS: usize = 4;

/// More at a time than there are consumers, senders and connections; a build for development would only turn people away.
const TOGETHER: Arrivals =
    Arrivals { rate: if cfg!(debug_assertions) { 15.0 } else { 100.0 }, length: Duration::from_secs(1), insist: true };

/// What pgbench repeats.
pub(crate) struct Sample {
    /// One for each lane; or why the statements can't be repeated, which does not keep them from being counted.
    pub(super) scripts: Result<Vec<Script>>,
    /// Where the statements belong.
    pub(super) schema: String,
    pub(crate) cost: Cost,
}

/// What the database does for one journey, when there is nothing else to do.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Cost {
    /// Transactions in which the six calls were answered.
    pub(crate) transactions: usize,
    /// Their statements, BEGIN and COMMIT among them.
    pub(crate) statements: usize,
    /// The statements of each call, in the order of the steps.
    pub(crate) statements_by_call: [f64; 6],
    /// Their time in the database.
    pub(crate) milliseconds: f64,
    /// Statements of all that Tandem does beside: relaying and handling events, mails, reports, looking for work.
    pub(crate) statements_beside: f64,
    /// Their time in the database.
    pub(crate) milliseconds_beside: f64,
    /// The same where many journeys are under way.
    pub(crate) together: Together,
}

impl Sample {
    /// Makes the journeys and reads the log; new connections to the database must have been logging for a while.
    pub(crate) async fn take(
        world: &Arc<World>,
        diary: &Arc<Diary>,
        pool: &PgPool,
        broker: Option<&Broker>,
    ) -> Result<Self> {
        let log = ServerLog::open(pool).await?;
        let mut rounds = Vec::new();
        for _ in 0..ROUNDS {
            rounds.push(travel_each_lane(world, diary).await?);
        }
        Backlog::drained(pool, broker).await?;
        let lines = log.lines(pool).await?;
        let transactions: Vec<(&str, Transaction)> = lines
            .iter()
            .flat_map(|(name, lines)| log::transactions(lines.iter()).into_iter().map(|t| (&**name, t)))
            .collect();

        let mut journeys = Vec::new();
        for number in rounds.concat() {
            journeys.push(journey(world.seed, number, &transactions)?);
        }
        let (name, _) = journeys[0][0];
        let one_service = journeys.iter().flatten().all(|(other, _)| *other == name);
        ensure!(one_service, "the calls of a journey are answered by one service");
        let schema = name.trim_start_matches("tandem-").to_owned();

        let scripts = scripts(pool, &schema, &journeys).await;
        let all = || lines.iter().flat_map(|(_, lines)| lines);
        let count = all().filter(|line| line.executed).count();
        let cost = cost(
            &journeys,
            (count, all().map(|line| line.milliseconds).sum()),
            together(world, diary, (pool, broker)).await?,
        );
        Ok(Self { scripts, schema, cost })
    }
}

/// The script of each lane, from its last two journeys.
async fn scripts(pool: &PgPool, schema: &str, journeys: &[Vec<(&str, &Transaction)>]) -> Result<Vec<Script>> {
    let lanes = usize::try_from(LANES)?;
    let pairs = journeys[journeys.len() - 2 * lanes..].split_at(lanes);
    let mut scripts = Vec::new();
    for (former, latter) in pairs.0.iter().zip(pairs.1) {
        let statements = |journey: &[(&str, &Transaction)]| {
            journey.iter().flat_map(|(_, transaction)| transaction.statements.clone()).collect::<Vec<_>>()
        };
        scripts.push(script::write(pool, schema, &statements(former), &statements(latter)).await?);
    }
    Ok(scripts)
}

/// Many journeys at a time, and what is executed until all that they leave behind is done.
async fn together(
    world: &Arc<World>,
    diary: &Arc<Diary>,
    (pool, broker): (&PgPool, Option<&Broker>),
) -> Result<Together> {
    let (log, before, first) = (ServerLog::open(pool).await?, Done::now(pool).await?, diary.number());
    let stretch = drive(world, diary, TOGETHER).await;
    Backlog::drained(pool, broker).await?;
    let done = Done::now(pool).await?;
    let numbers = first..diary.number();
    let keys =
        numbers.flat_map(|number| (0..6).map(move |step| content::request_id(world.seed, number, step).to_string()));
    let keys = keys.collect();
    let lines = log.lines(pool).await?;
    let units: Vec<_> = lines.iter().flat_map(|(_, lines)| log::units(lines.iter())).collect();
    let calls = stretch.summary.steps.iter().map(|step| step.latency.count).sum();
    let journeys = stretch.summary.arrived;
    Ok(Counts::of(&units, &keys).together((calls, journeys), (done.events - before.events, done.mails - before.mails)))
}

/// One journey in each lane, all saying the same in each round.
async fn travel_each_lane(world: &Arc<World>, diary: &Diary) -> Result<Vec<u64>> {
    let mut journeys = vec![0; usize::try_from(LANES)?];
    for _ in 0..LANES {
        let number = diary.number();
        let ticket = Ticket { number, content: number % LANES, intended: Instant::now(), insist: false };
        let travelled = travel(world, ticket).await;
        if let Some((step, refusal)) = travelled.failure {
            return Err(refusal).context(format!("the sampled journey, at {}", step.name()));
        }
        diary.keep(travelled);
        journeys[usize::try_from(number % LANES)?] = number;
    }
    Ok(journeys)
}

/// The transactions that answered the calls of a journey, in order: each holds the call's `request_id`.
fn journey<'a>(
    seed: u64,
    number: u64,
    transactions: &'a [(&'a str, Transaction)],
) -> Result<Vec<(&'a str, &'a Transaction)>> {
    let mut found = Vec::new();
    for (step, position) in Step::ALL.into_iter().zip(0..) {
        let key = content::request_id(seed, number, position).to_string();
        let holds = |transaction: &Transaction| {
            transaction.statements.iter().flat_map(|statement| &statement.parameters).any(|p| p.as_ref() == Some(&key))
        };
        let mut with_key = transactions.iter().filter(|(_, transaction)| holds(transaction));
        let (name, transaction) = with_key.next().with_context(|| format!("no transaction of {}", step.name()))?;
        ensure!(with_key.next().is_none(), "{} takes more than one transaction", step.name());
        found.push((*name, transaction));
    }
    Ok(found)
}

fn cost(
    journeys: &[Vec<(&str, &Transaction)>],
    (statements_of_all, time_of_all): (usize, f64),
    together: Together,
) -> Cost {
    let count = journeys.len().max(1) as f64;
    let own = || journeys.iter().flatten().map(|(_, transaction)| transaction);
    let time: f64 = own().map(|transaction| transaction.milliseconds).sum();
    let statements: usize = own().map(|transaction| transaction.statements.len()).sum();
    let rounded = |value: f64| (value * 100.0).round() / 100.0;
    let of_call = |step: usize| {
        let calls = journeys.iter().filter_map(|journey| journey.get(step));
        calls.map(|(_, transaction)| transaction.statements.len()).sum::<usize>() as f64
    };
    Cost {
        transactions: Step::ALL.len(),
        statements: statements / journeys.len().max(1),
        statements_by_call: std::array::from_fn(|step| rounded(of_call(step) / count)),
        milliseconds: rounded(time / count),
        statements_beside: rounded((statements_of_all - statements) as f64 / count),
        milliseconds_beside: rounded((time_of_all - time) / count),
        together,
    }
}

/// Where the server writes, from now on.
struct ServerLog {
    path: String,
    start: i64,
}

impl ServerLog {
    /// Our own servers write beside their data; others, if they collect their log, tell where.
    async fn open(pool: &PgPool) -> Result<Self> {
        let path = "SELECT coalesce(pg_current_logfile(), current_setting('data_directory') || '/../log')";
        let path: String = sqlx::query_scalar(path).fetch_one(pool).await?;
        let start = Self::size(pool, &path).await.with_context(|| format!("the server's log, looked for at {path}"))?;
        Ok(Self { path, start })
    }

    async fn size(pool: &PgPool, path: &str) -> Result<i64> {
        Ok(sqlx::query_scalar("SELECT (pg_stat_file($1)).size").bind(path).fetch_one(pool).await?)
    }

    /// What Tandem's connections did since, each with its name.
    async fn lines(&self, pool: &PgPool) -> Result<Vec<(String, Vec<Line>)>> {
        let connections = "SELECT pid, application_name FROM pg_stat_activity WHERE application_name LIKE 'tandem-%'";
        let names: Vec<(i32, String)> = sqlx::query_as(connections).fetch_all(pool).await?;
        let mut by_process: HashMap<i32, Vec<Line>> = HashMap::new();
        for line in log::lines(&self.text(pool).await?) {
            by_process.entry(line.pid).or_default().push(line);
        }
        Ok(names.into_iter().map(|(pid, name)| (name, by_process.remove(&pid).unwrap_or_default())).collect())
    }

    async fn text(&self, pool: &PgPool) -> Result<String> {
        let length = Self::size(pool, &self.path).await? - self.start;
        let bytes: Vec<u8> = sqlx::query_scalar("SELECT pg_read_binary_file($1, $2, $3)")
            .bind(&self.path)
            .bind(self.start)
            .bind(length)
            .fetch_one(pool)
            .await?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}
