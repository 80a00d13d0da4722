//! pgbench with the scripts of a sample.

use std::time::Duration;

use anyhow::{Result, ensure};

use super::{Run, script::Script};
use crate::{pgbench::Pgbench, server::Database};

/// What the scripts use: ids in the order of time as Tandem's are, and codes that do not repeat (multiplying by an odd number
/// shuffles all numbers below a power of two).
const HELPERS: &str = "
    CREATE SCHEMA loadtest;
    CREATE SEQUENCE loadtest.serial CACHE 32;
    CREATE FUNCTION loadtest.uuid() RETURNS uuid LANGUAGE sql VOLATILE AS $$
        SELECT encode(substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3)
                      || substring(uuid_send(gen_random_uuid()) FROM 7), 'hex')::uuid
    $$;
    CREATE FUNCTION loadtest.code(serial bigint) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
    DECLARE
        code text := '';
        rest bigint := serial * 334363461 % (1::bigint << 30);
    BEGIN
        FOR digit IN 1..12 LOOP
            code := code || substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (rest & 31)::int + 1, 1);
            rest := rest >> 5;
        END LOOP;
        RETURN code;
    END
    $$;";

/// pgbench and where the statements belong.
pub(super) struct Bench {
    pgbench: Pgbench,
    schema: String,
}

impl Bench {
    /// Writes the scripts, and prepares the database for them.
    pub(super) async fn prepare(database: &Database, schema: String, scripts: &[Script]) -> Result<Self> {
        sqlx::raw_sql(HELPERS).execute(&database.pool).await?;
        let pgbench = Pgbench::of(scripts.iter().map(|script| &*script.text))?;
        Ok(Self { pgbench, schema })
    }

    /// Runs it, and makes sure that the statements did what they did for Tandem.
    pub(super) async fn run(&self, database: &Database, clients: u32, length: Duration) -> Result<Run> {
        let before = confirmed(database).await?;
        let figures = self.pgbench.run(database, &self.schema, clients, length).await?;
        let arrived = confirmed(database).await? - before;
        ensure!(
            u64::try_from(arrived).ok() == Some(figures.transactions),
            "pgbench made {} journeys, of which {arrived} were confirmed: the statements are not those of a journey",
            figures.transactions
        );
        Ok(Run {
            clients,
            journeys: figures.transactions,
            journeys_per_second: figures.per_second,
            average_ms: figures.average_ms,
        })
    }
}

async fn confirmed(database: &Database) -> Result<i64> {
    let query = "SELECT count(*) FROM placement.placement_request WHERE state = 'CONFIRMED'";
    Ok(sqlx::query_scalar(query).fetch_one(&database.pool).await?)
}
