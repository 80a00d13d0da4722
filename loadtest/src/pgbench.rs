//! pgbench, which repeats scripts on a number of connections.

use std::{fs, path::PathBuf, time::Duration};

use anyhow::{Context as _, Result, ensure};
use tempfile::TempDir;
use tokio::{process::Command, time::timeout};

use crate::server::Database;

/// How long pgbench may take beyond what it was given.
const GRACE: Duration = Duration::from_secs(60);

/// pgbench with the scripts that it repeats by turns.
pub(crate) struct Pgbench {
    program: PathBuf,
    folder: TempDir,
    scripts: Vec<PathBuf>,
}

/// What it prints of a run. A transaction is a whole script.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Figures {
    pub(crate) transactions: u64,
    pub(crate) per_second: f64,
    pub(crate) average_ms: f64,
}

impl Pgbench {
    /// Writes the scripts.
    ///
    /// # Errors
    /// If pgbench is not installed; if files can't be written.
    pub(crate) fn of<'a>(scripts: impl IntoIterator<Item = &'a str>) -> Result<Self> {
        let program = program()?;
        let folder = tempfile::Builder::new().prefix("tandem-pgbench-").tempdir()?;
        let mut paths = Vec::new();
        for (script, number) in scripts.into_iter().zip(1..) {
            let path = folder.path().join(format!("{number}.sql"));
            fs::write(&path, script)?;
            paths.push(path);
        }
        Ok(Self { program, folder, scripts: paths })
    }

    /// Runs for so long; tables without a schema are looked for in `schema`.
    pub(crate) async fn run(
        &self,
        database: &Database,
        schema: &str,
        clients: u32,
        length: Duration,
    ) -> Result<Figures> {
        let mut command = Command::new(&self.program);
        command
            .args(["--no-vacuum", "--protocol=prepared", "--jobs=2", &format!("--client={clients}")])
            .arg(format!("--time={}", length.as_secs().max(1)))
            .args(self.scripts.iter().map(|script| format!("--file={}", script.display())))
            .arg(&database.url)
            .env("PGOPTIONS", format!("-c search_path={schema}"))
            .current_dir(self.folder.path())
            .kill_on_drop(true);
        let outcome = timeout(length + GRACE, command.output()).await.context("pgbench did not end in time")??;
        let (text, complaint) = (String::from_utf8_lossy(&outcome.stdout), String::from_utf8_lossy(&outcome.stderr));
        ensure!(outcome.status.success(), "pgbench failed:\n{complaint}");
        read(&text).with_context(|| format!("what pgbench wrote:\n{text}\n{complaint}"))
    }
}

/// pgbench, beside the server's programs or in the path.
fn program() -> Result<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = [embedded::postgres::programs()?].into_iter().chain(std::env::split_paths(&path));
    let found = folders.map(|folder| folder.join("pgbench")).find(|program| program.exists());
    found.context("pgbench is not to be found: it comes with Debian's package `postgresql`")
}

fn read(text: &str) -> Option<Figures> {
    let after = |mark: &str| text.lines().find_map(|line| line.strip_prefix(mark))?.split([' ', '/']).next();
    Some(Figures {
        transactions: after("number of transactions actually processed: ")?.parse().ok()?,
        per_second: after("tps = ")?.parse().ok()?,
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
        let figures = read(text).expect("all three numbers are there");
        assert_eq!(figures, Figures { transactions: 6171, per_second: 1543.5, average_ms: 2.592 });
    }
}
