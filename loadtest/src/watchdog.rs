//! Programs as children that cannot outlive us: a shell beside each reads from a pipe that only we hold, and stops it when the pipe
//! closes, for whatever reason.

use std::{path::Path, process::Stdio, time::Duration};

use anyhow::{Context as _, Result, bail};
use tokio::{
    io::{AsyncBufReadExt as _, BufReader, Lines},
    process::{Child, ChildStdin, ChildStdout, Command},
    time::timeout,
};

/// `$0` is the program, `$@` what it is told. The shell lets go of the output, so that its end is the program's end.
const SCRIPT: &str = r#"
"$0" "$@" </dev/null 2>&1 &
pid=$!
echo "$pid"
exec >/dev/null 2>&1
read -r word
kill -s TERM "$pid"
wait "$pid"
"#;

/// A program that runs.
pub(crate) struct Watched {
    pub(crate) pid: u32,
    shell: Child,
    pipe: Option<ChildStdin>,
}

/// A command for [`start`]; arguments and environment may be added.
pub(crate) fn command(program: &Path) -> Command {
    let mut command = Command::new("/bin/sh");
    command.args(["-c", SCRIPT]).arg(program);
    command
}

/// Starts it; what it writes is read line by line.
pub(crate) async fn start(mut command: Command) -> Result<(Watched, Lines<BufReader<ChildStdout>>)> {
    let mut shell = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        // Ctrl-C is ours to act on.
        .process_group(0)
        .spawn()
        .context("no shell to watch over a program")?;
    let pipe = shell.stdin.take();
    let output = shell.stdout.take().context("the output was asked for")?;
    let mut lines = BufReader::new(output).lines();
    let pid = lines.next_line().await?.context("the shell tells the pid first")?.parse()?;
    Ok((Watched { pid, shell, pipe }, lines))
}

impl Watched {
    /// Asks it to end, and waits for so long.
    pub(crate) async fn finish(&mut self, patience: Duration) -> Result<()> {
        drop(self.pipe.take());
        match timeout(patience, self.shell.wait()).await {
            Ok(status) => {
                status?;
                Ok(())
            }
            Err(_) => bail!("it did not stop in time"),
        }
    }
}
