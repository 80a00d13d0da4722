//! A few journeys, one after the other, and what PostgreSQL did for them.

use std::{collections::HashMap, sync::Arc};

use anyhow::{Context as _, Result, ensure};
use serde::Serialize;
use sqlx::PgPool;
use tokio::time::Instant;

use super::{
    log::{self, Transaction},
    script::{self, Script},
};
use crate::{
    arrivals::Diary,
    backlog::Backlog,
    content,
    journey::{Step, Ticket, travel},
    world::{LANES, World},
};

/// Journeys of each lane: the last two are compared, all are counted.
const ROUNDS: usize = 4;

/// What pgbench repeats.
pub(crate) struct Sample {
    /// One for each lane.
    pub(super) scripts: Vec<Script>,
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
    /// Their time in the database.
    pub(crate) milliseconds: f64,
    /// Statements of all that Tandem does beside: relaying and handling events, mails, reports, looking for work.
    pub(crate) statements_beside: f64,
    /// Their time in the database.
    pub(crate) milliseconds_beside: f64,
}

impl Sample {
    /// Makes the journeys and reads the log; new connections to the database must have been logging for a while.
    pub(crate) async fn take(world: &Arc<World>, diary: &Diary, pool: &PgPool) -> Result<Self> {
        let log = ServerLog::open(pool).await?;
        let mut rounds = Vec::new();
        for _ in 0..ROUNDS {
            rounds.push(travel_each_lane(world, diary).await?);
        }
        Backlog::drained(pool).await?;
        let text = log.since(pool).await?;

        let connections: Vec<(i32, String)> =
            sqlx::query_as("SELECT pid, application_name FROM pg_stat_activity WHERE application_name LIKE 'tandem-%'")
                .fetch_all(pool)
                .await?;
        let names: HashMap<i32, String> = connections.into_iter().collect();
        let lines: Vec<_> = log::lines(&text).into_iter().filter(|line| names.contains_key(&line.pid)).collect();
        let transactions: Vec<(&str, Transaction)> = names
            .iter()
            .flat_map(|(pid, name)| {
                log::transactions(lines.iter().filter(|line| line.pid == *pid))
                    .into_iter()
                    .map(|found| (&**name, found))
            })
            .collect();

        let mut journeys = Vec::new();
        for number in rounds.concat() {
            journeys.push(journey(world.seed, number, &transactions)?);
        }
        let (name, _) = journeys[0][0];
        let one_service = journeys.iter().flatten().all(|(other, _)| *other == name);
        ensure!(one_service, "the calls of a journey are answered by one service");
        let schema = name.trim_start_matches("tandem-").to_owned();

        let lanes = usize::try_from(LANES)?;
        let pairs = journeys[journeys.len() - 2 * lanes..].split_at(lanes);
        let mut scripts = Vec::new();
        for (former, latter) in pairs.0.iter().zip(pairs.1) {
            let statements = |journey: &[(&str, &Transaction)]| {
                journey.iter().flat_map(|(_, transaction)| transaction.statements.clone()).collect::<Vec<_>>()
            };
            scripts.push(script::write(pool, &schema, &statements(former), &statements(latter)).await?);
        }
        let time_of_all = lines.iter().map(|line| line.milliseconds).sum();
        let cost = cost(&journeys, lines.iter().filter(|line| line.executed).count(), time_of_all);
        Ok(Self { scripts, schema, cost })
    }
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

fn cost(journeys: &[Vec<(&str, &Transaction)>], statements_of_all: usize, time_of_all: f64) -> Cost {
    let count = journeys.len().max(1) as f64;
    let own = || journeys.iter().flatten().map(|(_, transaction)| transaction);
    let time: f64 = own().map(|transaction| transaction.milliseconds).sum();
    let statements: usize = own().map(|transaction| transaction.statements.len()).sum();
    let rounded = |value: f64| (value * 100.0).round() / 100.0;
    Cost {
        transactions: Step::ALL.len(),
        statements: statements / journeys.len().max(1),
        milliseconds: rounded(time / count),
        statements_beside: rounded((statements_of_all - statements) as f64 / count),
        milliseconds_beside: rounded((time_of_all - time) / count),
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

    async fn since(&self, pool: &PgPool) -> Result<String> {
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
