//! A server as a child that cannot outlive us and that starts again when it ends by itself: a shell beside it reads from a pipe that
//! only we hold, and when the pipe closes, for whatever reason, stops the server, and removes its folder if that is temporary.

use std::{
    fs,
    io::Write as _,
    os::unix::process::CommandExt as _,
    path::{Path, PathBuf},
    process::{Child, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail};

use crate::account::Account;

/// `$1` the folder, `$2` the signal that ends the server, `$3` what becomes of the folder. A server that has been ready is started
/// again, each time a second later up to half a minute; one that has run for a minute counts as well again.
const WATCHDOG: &str = r#"
trap '' INT TERM HUP
cd "$1" || exit
run() {
  pause=0
  while [ ! -e ending ] && kill -0 $$; do
    begun=$(date +%s)
    setsid sh ./run.sh >>log 2>&1 </dev/null &
    pid=$!
    echo "$pid" >pid
    wait "$pid"
    # What it has started beside itself would outlive it.
    kill -s KILL -- "-$pid" 2>/dev/null
    [ -e ready ] || return
    [ $(($(date +%s) - begun)) -lt 60 ] || pause=0
    waited=0
    while [ $waited -lt $pause ] && [ ! -e ending ] && kill -0 $$; do sleep 1; waited=$((waited + 1)); done
    [ $pause -ge 30 ] || pause=$((pause + 1))
  done
}
run 2>/dev/null &
runner=$!
read -r word
touch ending
while kill -0 "$runner" 2>/dev/null; do
  kill -s "$2" -- "-$(cat pid)" 2>/dev/null
  # The signal is repeated for a server that was just being started.
  for _ in 1 2 3 4 5 6 7 8 9 10; do kill -0 "$runner" 2>/dev/null && sleep 0.1; done
done
rm -f pid ready ending
[ "$3" = kept ] || [ "$word" = keep ] || rm -rf "$1"
"#;

/// How long a server may take to start.
const PATIENCE: Duration = Duration::from_secs(120);

/// A running server. Dropping it stops the server and waits until it is gone.
#[derive(Debug)]
pub(crate) struct Server {
    watchdog: Child,
    folder: PathBuf,
}

impl Server {
    /// Runs `script` (whose last command should `exec`) until [`Server`] is dropped or we end; `signal` ends its group.
    pub(crate) fn start(account: Account, folder: &Path, script: &str, signal: &str, kept: bool) -> Result<Self> {
        fs::write(folder.join("run.sh"), script)?;
        for left in ["pid", "ready", "ending"] {
            let _ = fs::remove_file(folder.join(left));
        }
        let watchdog = account
            .command("/bin/sh")
            .args(["-c", WATCHDOG, "watchdog"])
            .arg(folder)
            .args([signal, if kept { "kept" } else { "temporary" }])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .context("no shell to watch over a server")?;
        Ok(Self { watchdog, folder: folder.to_owned() })
    }

    /// Waits until `ready`, as long as the server lives. From then on it is started again whenever it ends by itself.
    pub(crate) fn wait_until(&self, mut ready: impl FnMut() -> bool) -> Result<()> {
        let deadline = Instant::now() + PATIENCE;
        while !ready() {
            if Instant::now() > deadline || self.is_gone() {
                let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
                bail!("a server did not start:\n{log}");
            }
            thread::sleep(Duration::from_millis(25));
        }
        fs::write(self.folder.join("ready"), "")?;
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
