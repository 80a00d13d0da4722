//! Who runs a server.

use std::{
    fs,
    os::unix::{fs::MetadataExt as _, process::CommandExt as _},
    path::Path,
    process::{Command, Stdio},
};

use anyhow::{Result, bail, ensure};

/// Who runs a server: ourselves, or, when we are root, an account of the package, since servers refuse root.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Account {
    ids: Option<(u32, u32)>,
}

impl Account {
    /// The account `name` when we are root, else ourselves.
    pub(crate) fn unprivileged(name: &str) -> Result<Self> {
        if fs::metadata("/proc/self")?.uid() != 0 {
            return Ok(Self { ids: None });
        }
        let users = fs::read_to_string("/etc/passwd")?;
        let fields = users.lines().map(|l| l.split(':').collect::<Vec<_>>()).find(|f| f.first() == Some(&name));
        match fields.as_deref() {
            Some([_, _, uid, gid, ..]) => Ok(Self { ids: Some((uid.parse()?, gid.parse()?)) }),
            _ => bail!("root can't run this server, and there is no user `{name}` to run it as"),
        }
    }

    pub(crate) const fn ids(self) -> Option<(u32, u32)> {
        self.ids
    }

    pub(crate) fn command(self, program: impl AsRef<Path>) -> Command {
        let mut command = Command::new(program.as_ref());
        if let Some((uid, gid)) = self.ids {
            command.uid(uid).gid(gid);
        }
        command
    }

    /// Whether the account can work in a folder: as root we may own one below a folder that is closed to everyone else.
    pub(crate) fn can_reach(self, folder: &Path) -> Result<()> {
        let reached =
            self.command("/bin/sh").args(["-c", "cd \"$1\"", "sh"]).arg(folder).stderr(Stdio::null()).status()?;
        ensure!(
            reached.success(),
            "a server that root may not run itself can't reach {}: choose a folder that is not below one closed to others",
            folder.display()
        );
        Ok(())
    }
}
