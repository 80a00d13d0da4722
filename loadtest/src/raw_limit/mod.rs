//! What the database alone could do: the statements of one journey, read from PostgreSQL's own log, repeated by pgbench with
//! the same boundaries of transactions, on a copy of the database, while Tandem is stopped.
//!
//! In it: every statement of the six calls, in their six transactions, with the same values but fresh ids. Two more statements
//! for each journey make those ids. Not in it: HTTP, gRPC, tokens, JSON; what the pool asks to see whether a connection still
//! lives; and all that happens beside a journey (events relayed and handled, mails, reports), whose share of the database's
//! time is told apart by [`sample::Cost`]. Values that do not differ stand in the statements themselves, which spares pgbench
//! sending them: so it is a limit that no program reaches, not one that we fell short of by carelessness.

mod kinds;
mod log;
mod pgbench;
mod sample;
mod script;

use std::{collections::BTreeMap, time::Duration};

use anyhow::Result;
use serde::Serialize;

pub(crate) use self::{
    kinds::Together,
    sample::{Cost, Sample},
};
use crate::server::{Database, Server};

/// pgbench at work on its copy of the database.
pub(crate) struct RawLimit {
    database: Database,
    bench: pgbench::Bench,
    cost: Cost,
    clients: Vec<u32>,
    length: Duration,
    runs: Vec<Run>,
}

/// One run of pgbench.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Run {
    pub(crate) clients: u32,
    /// Whole journeys.
    pub(crate) journeys: u64,
    pub(crate) journeys_per_second: f64,
    pub(crate) average_ms: f64,
}

/// What came of all runs.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Limit {
    /// With the best number of clients, on average over the runs before and after the profile.
    pub(crate) journeys_per_second: f64,
    pub(crate) clients: u32,
    pub(crate) runs: Vec<Run>,
    pub(crate) cost: Cost,
}

impl RawLimit {
    /// Copies the database, which nobody may use meanwhile, and prepares the scripts.
    pub(crate) async fn prepare(
        server: &Server,
        database: &Database,
        sample: Sample,
        (clients, length): (&[u32], Duration),
    ) -> Result<Self> {
        let scripts = sample.scripts?;
        let copy = server.copy(database, &format!("{}_raw", database.name)).await?;
        let bench = pgbench::Bench::prepare(&copy, sample.schema, &scripts).await?;
        let clients = clients.iter().copied().filter(|clients| (1..=200).contains(clients)).collect();
        Ok(Self { database: copy, bench, cost: sample.cost, clients, length, runs: Vec::new() })
    }

    /// Runs pgbench with each number of clients.
    pub(crate) async fn measure(&mut self, server: &Server) -> Result<()> {
        for clients in &self.clients {
            server.settle().await?;
            let run = self.bench.run(&self.database, *clients, self.length).await?;
            crate::progress(&format!("  pgbench, {clients} clients: {:.0} journeys/s", run.journeys_per_second));
            self.runs.push(run);
        }
        Ok(())
    }

    /// Removes the copy, and tells what came of it.
    pub(crate) async fn finish(self, server: &Server) -> Result<Limit> {
        server.drop(&self.database).await?;
        let (clients, journeys_per_second) = best(&self.runs);
        Ok(Limit { journeys_per_second, clients, runs: self.runs, cost: self.cost })
    }
}

/// The number of clients with the highest average.
fn best(runs: &[Run]) -> (u32, f64) {
    let mut by_clients: BTreeMap<u32, Vec<f64>> = BTreeMap::new();
    runs.iter().for_each(|run| by_clients.entry(run.clients).or_default().push(run.journeys_per_second));
    let average = |rates: &[f64]| rates.iter().sum::<f64>() / rates.len().max(1) as f64;
    let averages = by_clients.iter().map(|(clients, rates)| (*clients, average(rates)));
    averages.max_by(|a, b| a.1.total_cmp(&b.1)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limit_is_the_best_average_and_not_the_best_run() {
        let run = |clients, journeys_per_second| Run { clients, journeys: 1, journeys_per_second, average_ms: 1.0 };
        assert_eq!(best(&[run(4, 100.0), run(16, 50.0), run(4, 80.0), run(16, 150.0)]), (16, 100.0));
    }
}
