//! The Django service: its packages in a folder of the user's cache, its processes for as long as it is asked.

use std::{
    env, fs,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context as _, Result, bail, ensure};
use tempfile::TempDir;
use tokio::{net::TcpStream, process::Command};

use crate::{
    patience::wait_for,
    progress,
    watchdog::{self, Watched},
};

const PROGRAM: &str = include_str!("../../peer/twin.py");
const TOKEN: &str = include_str!("../../peer/make_token.py");
const REQUIREMENTS: &str = include_str!("../../peer/requirements.txt");
/// Says of which requirements the packages in the folder are; it is written last.
const MARK: &str = "tandem-requirements.txt";
/// How long gunicorn may take to start or to stop.
const PATIENCE: Duration = Duration::from_secs(60);

/// The service's packages.
pub(super) struct Packages(PathBuf);

/// The service at work.
pub(super) struct Twin {
    pub(super) port: u16,
    /// What calls are made with.
    pub(super) token: String,
    watched: Watched,
    _folder: TempDir,
}

impl Packages {
    /// Those of an earlier run, or new ones from the package index.
    ///
    /// # Errors
    /// If Python, its module `venv` or the package index is missing; the text says which.
    pub(super) async fn prepare() -> Result<Self> {
        let folder = folder()?;
        if fs::read_to_string(folder.join(MARK)).is_ok_and(|mark| mark == REQUIREMENTS) {
            return Ok(Self(folder));
        }
        progress(&format!("installing Django in {}, once", folder.display()));
        let mut venv = Command::new("python3");
        venv.args(["-m", "venv", "--clear"]).arg(&folder);
        run(venv, "Python 3 with its module `venv` is missing: Debian has it in the package `python3-venv`").await?;
        let requirements = folder.join("requirements.txt");
        fs::write(&requirements, REQUIREMENTS)?;
        let mut pip = Command::new(folder.join("bin/pip"));
        pip.args(["--quiet", "--disable-pip-version-check", "--retries=1", "--timeout=20", "install", "--requirement"])
            .arg(&requirements);
        run(pip, "the packages can't be installed: Python's package index is not to be reached, or lacks one").await?;
        fs::rename(requirements, folder.join(MARK))?;
        Ok(Self(folder))
    }

    /// Starts the service on a database that has its tables, for the people of an agency.
    pub(super) async fn start(&self, database_url: &str, agency: &str) -> Result<Twin> {
        let folder = tempfile::Builder::new().prefix("tandem-twin-").tempdir()?;
        let (key, port) = (folder.path().join("public.pem"), embedded::free_port());
        fs::write(folder.path().join("twin.py"), PROGRAM)?;
        let mut python = Command::new(self.0.join("bin/python"));
        python.args(["-c", TOKEN]).arg(&key).arg(agency);
        let token = run(python, "no token could be made").await?.trim().to_owned();

        let mut gunicorn = watchdog::command(&self.0.join("bin/gunicorn"));
        gunicorn
            .args(["--workers", "3", "--threads", "4", "--log-level", "warning", "--bind"])
            .arg(format!("127.0.0.1:{port}"))
            .arg("twin:application")
            .current_dir(folder.path())
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .env("TWIN_DATABASE_URL", database_url)
            .env("TWIN_PUBLIC_KEY", &key);
        let (watched, mut lines) = watchdog::start(gunicorn).await?;
        let listening = wait_for("gunicorn", PATIENCE, async || Ok(TcpStream::connect(("127.0.0.1", port)).await.ok()));
        tokio::select! {
            listens = listening => { listens?; }
            line = lines.next_line() => bail!("gunicorn did not start: {}", line?.unwrap_or_default()),
        }
        // It writes nothing but warnings.
        tokio::spawn(async move {
            while let Ok(Some(line)) = lines.next_line().await {
                progress(&line)
            }
        });
        Ok(Twin { port, token, watched, _folder: folder })
    }
}

impl Twin {
    /// The process above the workers.
    pub(super) const fn pid(&self) -> u32 {
        self.watched.pid
    }

    /// Ends it.
    pub(super) async fn stop(mut self) -> Result<()> {
        self.watched.finish(PATIENCE).await.context("gunicorn")
    }
}

fn folder() -> Result<PathBuf> {
    let cache = match env::var_os("XDG_CACHE_HOME") {
        Some(cache) => PathBuf::from(cache),
        None => {
            Path::new(&env::var_os("HOME").context("nobody's cache folder is known: HOME is not set")?).join(".cache")
        }
    };
    Ok(cache.join("tandem-loadtest-peer"))
}

/// What a program wrote; if it fails, what that means, and what it said itself.
async fn run(mut command: Command, meaning: &str) -> Result<String> {
    let outcome = command.kill_on_drop(true).output().await.with_context(|| meaning.to_owned())?;
    ensure!(outcome.status.success(), "{meaning}\n{}", String::from_utf8_lossy(&outcome.stderr));
    Ok(String::from_utf8_lossy(&outcome.stdout).into_owned())
}
