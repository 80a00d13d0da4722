//! A server as a child that cannot outlive us: a shell beside it reads from a pipe that only we hold, and when the pipe
//! closes, for whatever reason, stops the server and removes its folder.

use std::{
    fs,
    io::Write as _,
    os::unix::{fs::chown, process::CommandExt as _},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail};

use crate::patience;

const WATCHDOG: &str = r#"
trap '' INT TERM HUP
setsid sh "$1/run.sh" >>"$1/log" 2>&1 </dev/null &
pid=$!
echo "$pid" >"$1/pid"
read -r word
kill -s "$2" -- "-$pid" 2>/dev/null
wait "$pid"
[ "$word" = keep ] || rm -rf "$1"
"#;

/// Who runs a server: ourselves, or, when we are root, an account of the package, since servers refuse root.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Account {
    ids: Option<(u32, u32)>,
}

impl Account {
    /// The account `name` when we are root, else ourselves.
    pub(crate) fn unprivileged(name: &str) -> Result<Self> {
        if !is_root()? {
            return Ok(Self { ids: None });
        }
        let users = fs::read_to_string("/etc/passwd")?;
        let fields = users.lines().map(|l| l.split(':').collect::<Vec<_>>()).find(|f| f.first() == Some(&name));
        match fields.as_deref() {
            Some([_, _, uid, gid, ..]) => Ok(Self { ids: Some((uid.parse()?, gid.parse()?)) }),
            _ => bail!("root can't run this server, and there is no user `{name}` to run it as"),
        }
    }

    pub(crate) fn command(self, program: impl AsRef<Path>) -> Command {
        let mut command = Command::new(program.as_ref());
        if let Some((uid, gid)) = self.ids {
            command.uid(uid).gid(gid);
        }
        command
    }

    /// A fresh folder that belongs to the account.
    pub(crate) fn folder(self, kind: &str) -> Result<PathBuf> {
        let prefix = format!("tandem-test-{kind}-");
        let folder = tempfile::Builder::new().prefix(&prefix).tempdir()?.keep();
        if let Some((uid, gid)) = self.ids {
            chown(&folder, Some(uid), Some(gid))?;
        }
        Ok(folder)
    }
}

/// A running server. Dropping it stops the server and removes its folder.
#[derive(Debug)]
pub(crate) struct Server {
    watchdog: Child,
    folder: PathBuf,
}

impl Server {
    /// Runs `script` (whose last command should `exec`) until [`Server`] is dropped or we end; `signal` ends its group.
    pub(crate) fn start(account: Account, folder: &Path, script: &str, signal: &str) -> Result<Self> {
        fs::write(folder.join("run.sh"), script)?;
        let _ = fs::remove_file(folder.join("pid"));
        let watchdog = account
            .command("/bin/sh")
            .args(["-c", WATCHDOG, "watchdog"])
            .arg(folder)
            .arg(signal)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .context("no shell to watch over a server")?;
        Ok(Self { watchdog, folder: folder.to_owned() })
    }

    /// Waits until `ready`, as long as the server lives.
    pub(crate) fn wait_until(&self, mut ready: impl FnMut() -> bool) -> Result<()> {
        let deadline = Instant::now() + patience(Duration::from_secs(90));
        while !ready() {
            if Instant::now() > deadline || self.is_gone() {
                let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
                bail!("a server for tests did not start:\n{log}");
            }
            thread::sleep(Duration::from_millis(25));
        }
        Ok(())
    }

    /// Stops the server; its folder stays, so that it can be started again.
    pub(crate) fn stop_and_keep(mut self) -> Result<()> {
        if let Some(mut pipe) = self.watchdog.stdin.take() {
            pipe.write_all(b"keep\n")?;
        }
        self.watchdog.wait()?;
        Ok(())
    }

    fn is_gone(&self) -> bool {
        let pid = fs::read_to_string(self.folder.join("pid")).unwrap_or_default();
        let pid = pid.trim();
        !pid.is_empty() && !Path::new("/proc").join(pid).exists()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.watchdog.stdin.take());
        let _ = self.watchdog.wait();
    }
}

fn is_root() -> Result<bool> {
    use std::os::unix::fs::MetadataExt as _;
    Ok(fs::metadata("/proc/self")?.uid() == 0)
}
