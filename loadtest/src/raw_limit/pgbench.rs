//! pgbench with the scripts of a sample.

use std::{fs, path::PathBuf, time::Duration};

use anyhow::{Context as _, Result, ensure};
use tempfile::TempDir;
use tokio::{process::Command, time::timeout};

use super::{Run, Sample};
use crate::server::Database;

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

/// How long pgbench may take beyond what it was told.
const GRACE: Duration = Duration::from_secs(60);

/// pgbench and its scripts.
pub(super) struct Bench {
    program: PathBuf,
    folder: TempDir,
    scripts: Vec<PathBuf>,
    schema: String,
}

impl Bench {
    /// Writes the scripts, and prepares the database for them.
    pub(super) async fn prepare(database: &Database, sample: &Sample) -> Result<Self> {
        sqlx::raw_sql(HELPERS).execute(&database.pool).await?;
        let folder = tempfile::Builder::new().prefix("tandem-pgbench-").tempdir()?;
        let mut scripts = Vec::new();
        for (script, number) in sample.scripts.iter().zip(1..) {
            let path = folder.path().join(format!("lane{number}.sql"));
            fs::write(&path, &script.text)?;
            scripts.push(path);
        }
        Ok(Self { program: program()?, folder, scripts, schema: sample.schema.clone() })
    }

    /// Runs it, and makes sure that the statements did what they did for Tandem.
    pub(super) async fn run(&self, database: &Database, clients: u32, length: Duration) -> Result<Run> {
        let before = confirmed(database).await?;
        let mut command = Command::new(&self.program);
        command
            .args(["--no-vacuum", "--protocol=prepared", "--jobs=2", &format!("--client={clients}")])
            .arg(format!("--time={}", length.as_secs().max(1)))
            .args(self.scripts.iter().map(|script| format!("--file={}", script.display())))
            .arg(&database.url)
            .env("PGOPTIONS", format!("-c search_path={}", self.schema))
            .current_dir(self.folder.path())
            .kill_on_drop(true);
        let outcome = timeout(length + GRACE, command.output()).await.context("pgbench did not end in time")??;
        let (text, complaint) = (String::from_utf8_lossy(&outcome.stdout), String::from_utf8_lossy(&outcome.stderr));
        ensure!(outcome.status.success(), "pgbench failed:\n{complaint}");
        let run = read(&text, clients).with_context(|| format!("what pgbench wrote:\n{text}\n{complaint}"))?;
        let arrived = confirmed(database).await? - before;
        ensure!(
            u64::try_from(arrived).ok() == Some(run.journeys),
            "pgbench made {} journeys, of which {arrived} were confirmed: the statements are not those of a journey",
            run.journeys
        );
        Ok(run)
    }
}

/// pgbench, beside the server's programs or in the path.
fn program() -> Result<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = [embedded::postgres::programs()?].into_iter().chain(std::env::split_paths(&path));
    let found = folders.map(|folder| folder.join("pgbench")).find(|program| program.exists());
    found.context("pgbench is not to be found: it comes with Debian's package `postgresql`")
}

async fn confirmed(database: &Database) -> Result<i64> {
    let query = "SELECT count(*) FROM placement.placement_request WHERE state = 'CONFIRMED'";
    Ok(sqlx::query_scalar(query).fetch_one(&database.pool).await?)
}

fn read(text: &str, clients: u32) -> Option<Run> {
    let after = |mark: &str| text.lines().find_map(|line| line.strip_prefix(mark))?.split([' ', '/']).next();
    Some(Run {
        clients,
        journeys: after("number of transactions actually processed: ")?.parse().ok()?,
        journeys_per_second: after("tps = ")?.parse().ok()?,
        average_ms: after("latency average = ")?.parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_pgbench_writes_is_read() {
        let text = "transaction type: multiple scripts\nnumber of transactions actually processed: 6171\n\
                    latency average = 2.592 ms\ninitial connection time = 9.1 ms\n\
                    tps = 1543.500000 (without initial connection time)\nSQL script 1: lane1.sql\n - 3000 transactions\n";
        let run = read(text, 4).expect("all three numbers are there");
        assert_eq!((run.journeys, run.journeys_per_second), (6171, 1543.5));
    }
}
