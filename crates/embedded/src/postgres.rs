//! A PostgreSQL cluster.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context as _, Result, ensure};

use crate::{Home, account::Account, free_port, home, server::Server};

/// A running cluster, which ends with this value; unless another process had started it, then it was only joined.
#[derive(Debug)]
pub struct Cluster {
    url: String,
    _server: Option<Server>,
}

impl Cluster {
    /// Starts a cluster of the newest PostgreSQL that is installed, setting it up if there is none in `home` yet. A kept
    /// cluster asks for `password` and is durable; one that another process runs already is joined. A temporary one trusts
    /// whoever connects and is careless about its data.
    ///
    /// # Errors
    /// If PostgreSQL is not installed or does not start; the text says which.
    pub fn start(home: &Home, password: &str) -> Result<Self> {
        let programs = programs()?;
        let account = Account::unprivileged("postgres")?;
        let folder = home.make(account, "pg")?;
        let data = folder.join("data");
        if let Some(port) = running_port(&data) {
            return Ok(Self { url: address(port, password), _server: None });
        }
        if !data.exists() || home::is_empty(&data) {
            set_up(account, &programs, &folder, home, password)?;
        }
        let port = free_port();
        let care = if home.is_kept() { "" } else { "-c fsync=off -c synchronous_commit=off -c full_page_writes=off" };
        let script = format!(
            "exec '{}' -D '{}' -p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' \
             -c max_connections=300 -c max_wal_size=2GB {care}\n",
            programs.join("postgres").display(),
            data.display()
        );
        let signal = if home.is_kept() { "INT" } else { "QUIT" };
        let server = Server::start(account, &folder, &script, signal, home.is_kept())?;
        server.wait_until(|| is_ready(&programs, port))?;
        Ok(Self { url: address(port, password), _server: Some(server) })
    }

    /// A cluster for tests.
    pub fn temporary() -> Result<Self> {
        Self::start(&Home::Temporary, "")
    }

    /// The superuser's address.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }
}

fn address(port: u16, password: &str) -> String {
    let separator = if password.is_empty() { "" } else { ":" };
    format!("postgres://postgres{separator}{password}@127.0.0.1:{port}/postgres")
}

fn set_up(account: Account, programs: &Path, folder: &Path, home: &Home, password: &str) -> Result<()> {
    let mut initdb = account.command(programs.join("initdb"));
    initdb.args(["--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8", "-D"]).arg(folder.join("data"));
    let password_file = folder.join("password");
    if home.is_kept() {
        fs::write(&password_file, password)?;
        initdb.arg("--auth=scram-sha-256").arg(format!("--pwfile={}", password_file.display()));
    } else {
        initdb.args(["--auth=trust", "--no-sync"]);
    }
    let outcome = initdb.current_dir(folder).stdin(Stdio::null()).output();
    let _ = fs::remove_file(password_file);
    let outcome = outcome?;
    ensure!(outcome.status.success(), "initdb failed:\n{}", String::from_utf8_lossy(&outcome.stderr));
    Ok(())
}

fn is_ready(programs: &Path, port: u16) -> bool {
    let mut probe = Command::new(programs.join("pg_isready"));
    probe.args(["-q", "-h", "127.0.0.1", "-U", "postgres", "-d", "postgres", "-p", &port.to_string()]);
    probe.status().is_ok_and(|status| status.success())
}

/// The port of the server that runs on this data, if one does.
fn running_port(data: &Path) -> Option<u16> {
    let file = fs::read_to_string(data.join("postmaster.pid")).ok()?;
    let mut lines = file.lines().map(str::trim);
    let pid = lines.next()?;
    let command = fs::read_to_string(Path::new("/proc").join(pid).join("cmdline")).ok()?;
    let port = lines.nth(2)?.parse().ok()?;
    command.contains("postgres").then_some(port)
}

/// The folder of the newest PostgreSQL's programs.
///
/// # Errors
/// If none is installed.
pub fn programs() -> Result<PathBuf> {
    let found = newest_with(&["initdb", "postgres"]);
    found.context("PostgreSQL's programs are not to be found: install the Debian package `postgresql`")
}

/// A program of PostgreSQL's clients, such as `pg_dump`, in the newest version that is installed.
///
/// # Errors
/// If none is installed.
pub fn client(name: &str) -> Result<PathBuf> {
    let folder = newest_with(&[name]);
    let folder =
        folder.with_context(|| format!("{name} is not to be found: install the Debian package `postgresql-client`"))?;
    Ok(folder.join(name))
}

/// The folder of the newest version that has all of `names`, or the first in the path that has the first of them.
fn newest_with(names: &[&str]) -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().map(|entry| entry.path());
    let installed = versions.filter(|path| names.iter().all(|name| path.join("bin").join(name).exists()));
    let number = |path: &PathBuf| path.file_name().and_then(|n| n.to_str()).and_then(|n| n.parse::<u32>().ok());
    if let Some(newest) = installed.max_by_key(number) {
        return Some(newest.join("bin"));
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).find(|folder| names.first().is_some_and(|name| folder.join(name).exists()))
}
