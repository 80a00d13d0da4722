//! What PostgreSQL does here whatever Tandem's own statements become: the shortest accept that keeps its promises (four
//! statements in one transaction) and the shortest page of an inbox (one look into one index), on tables of their own. The
//! sampled limit rises when Tandem's statements get better, and so hides by how much; this one stays.

use std::time::Duration;

use anyhow::{Result, ensure};
use serde::Serialize;
use sqlx::AssertSqlSafe;

use crate::{
    pgbench::Pgbench,
    progress,
    server::{Database, Server},
};

/// Connections, as many as ask for lists in the profile `lists`.
pub(crate) const CLIENTS: u32 = 16;

/// The tables of [`FixedLimit`]: requests of 200 agencies in one state, with the index of an inbox.
const TABLES: &str = "
    CREATE TABLE requests (
        id uuid PRIMARY KEY, agency_id uuid, destination_id uuid, state text, version int, starts_on date, ends_on date,
        students int, updated_at timestamptz);
    CREATE TABLE history (id uuid PRIMARY KEY, request_id uuid, actor text, action text, at timestamptz);
    CREATE INDEX ON history (request_id);
    CREATE TABLE outbox (id bigserial PRIMARY KEY, routing_key text, payload bytea);
    INSERT INTO requests
    SELECT md5('r' || i)::uuid, md5('a' || i % 200)::uuid, md5('d' || i % 5000)::uuid, 'SENT', 1,
           date '2026-09-01' + i % 120, date '2026-12-01' + i % 60, 1 + i % 8, now()
    FROM generate_series(1, ROWS) i;
    CREATE INDEX ON requests (agency_id, state, starts_on, id);
    ANALYZE;";

/// An answer: the request is locked, changed, noted and published. It flips, so that it can be repeated.
const ACCEPT: &str = "\\set i random(1, ROWS)
BEGIN;
SELECT * FROM requests WHERE id = md5('r' || :i)::uuid FOR UPDATE;
UPDATE requests SET state = CASE state WHEN 'SENT' THEN 'ACCEPTED' ELSE 'SENT' END, version = version + 1, updated_at = now() \
                     WHERE id = md5('r' || :i)::uuid;
INSERT INTO history VALUES (gen_random_uuid(), md5('r' || :i)::uuid, 'p', 'ACCEPTED', now());
INSERT INTO outbox (routing_key, payload) VALUES ('placement.v1.request_accepted', '\\x00');
COMMIT;
";

/// A page of what one agency has to answer.
const INBOX: &str =
    "SELECT * FROM requests WHERE agency_id = md5('a7')::uuid AND state = 'SENT' ORDER BY starts_on, id LIMIT 50;\n";

/// The tables with pgbench beside them.
pub(crate) struct FixedLimit {
    pub(crate) database: Database,
    rows: u32,
    length: Duration,
    accept: (Pgbench, Vec<f64>),
    inbox: (Pgbench, Vec<f64>),
}

/// What came of all runs.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Fixed {
    /// Requests in the table.
    pub(crate) rows: u32,
    pub(crate) clients: u32,
    pub(crate) accept: Rate,
    pub(crate) inbox: Rate,
}

/// How often a second, on average over the runs before and after the profile.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Rate {
    pub(crate) per_second: f64,
    pub(crate) runs: Vec<f64>,
}

impl FixedLimit {
    /// Makes the tables.
    ///
    /// # Errors
    /// If pgbench is not installed; if the database fails.
    pub(crate) async fn prepare(server: &Server, name: &str, rows: u32, length: Duration) -> Result<Self> {
        let accept = Pgbench::of([&*ACCEPT.replace("ROWS", &rows.to_string())])?;
        let inbox = Pgbench::of([INBOX])?;
        let database = server.create(name).await?;
        let tables = TABLES.replace("ROWS", &rows.to_string());
        // A number is the only thing that was put in.
        sqlx::raw_sql(AssertSqlSafe(tables)).execute(&database.pool).await?;
        Ok(Self { database, rows, length, accept: (accept, Vec::new()), inbox: (inbox, Vec::new()) })
    }

    /// Runs pgbench with each script.
    pub(crate) async fn measure(&mut self, server: &Server) -> Result<()> {
        self.tidy(server).await?;
        for (what, (pgbench, rates)) in [("accept", &mut self.accept), ("inbox page", &mut self.inbox)] {
            let figures = pgbench.run(&self.database, "public", CLIENTS, self.length).await?;
            progress(&format!("  pgbench, fixed {what}, {CLIENTS} clients: {:.0}/s", figures.per_second));
            rates.push(figures.per_second);
        }
        // What pgbench says is believed only if the rows are there.
        let noted: i64 = sqlx::query_scalar("SELECT count(*) FROM history").fetch_one(&self.database.pool).await?;
        ensure!(noted > 0, "pgbench accepted, and no history tells of it");
        Ok(())
    }

    /// Takes away what a run left behind, so that the next finds the same tables.
    pub(crate) async fn tidy(&self, server: &Server) -> Result<()> {
        for statement in ["TRUNCATE history, outbox", "VACUUM ANALYZE requests"] {
            sqlx::raw_sql(statement).execute(&self.database.pool).await?;
        }
        server.settle().await
    }

    /// Removes the tables, and tells what came of it.
    pub(crate) async fn finish(self, server: &Server) -> Result<Fixed> {
        server.drop(&self.database).await?;
        let (accept, inbox) = (Rate::of(self.accept.1), Rate::of(self.inbox.1));
        Ok(Fixed { rows: self.rows, clients: CLIENTS, accept, inbox })
    }
}

impl Rate {
    fn of(runs: Vec<f64>) -> Self {
        Self { per_second: runs.iter().sum::<f64>() / runs.len().max(1) as f64, runs }
    }

    /// The runs, for whoever reads them.
    pub(crate) fn list(&self) -> String {
        self.runs.iter().map(|run| format!("{run:.0}")).collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_the_average_of_before_and_after() {
        let rate = Rate::of(vec![5000.0, 6000.0]);
        assert_eq!((rate.per_second, &*rate.list()), (5500.0, "5000, 6000"));
    }

    #[test]
    fn the_accept_is_one_transaction_of_four_statements() {
        let statements = ACCEPT.matches(";\n").count();
        assert_eq!((statements, ACCEPT.lines().next()), (6, Some("\\set i random(1, ROWS)")));
    }

    #[tokio::test]
    async fn pgbench_runs_both_scripts_on_the_tables() {
        let server = Server::open().await.expect("a server");
        let name = format!("loadtest_{}_unit", std::process::id());
        let length = Duration::from_secs(1);
        let mut limit = match FixedLimit::prepare(&server, &name, 1000, length).await {
            Err(error) if error.to_string().starts_with("pgbench is not to be found") => return,
            prepared => prepared.expect("the tables are made"),
        };
        limit.measure(&server).await.expect("both scripts run");
        limit.measure(&server).await.expect("they run again on what they left");
        let found = limit.finish(&server).await.expect("the database goes");
        assert!(found.accept.runs.len() == 2 && found.inbox.per_second > 0.0, "{found:?}");
    }
}
