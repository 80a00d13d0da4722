//! Where a server's files are.

use std::{
    fs,
    os::unix::fs::{PermissionsExt as _, chown},
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};

use crate::account::Account;

/// Where a server's files are, and so how long they last.
#[derive(Clone, Debug)]
pub enum Home {
    /// A folder that stays, for data that matters.
    Kept(PathBuf),
    /// A folder that goes with the server, which may be careless about its data.
    Temporary,
}

impl Home {
    /// Makes the folder, for `account` alone.
    pub(crate) fn make(&self, account: Account, kind: &str) -> Result<PathBuf> {
        let folder = match self {
            Self::Temporary => tempfile::Builder::new().prefix(&format!("tandem-{kind}-")).tempdir()?.keep(),
            Self::Kept(folder) => {
                fs::create_dir_all(folder).with_context(|| format!("{}", folder.display()))?;
                fs::canonicalize(folder)?
            }
        };
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o700))?;
        if let Some((uid, gid)) = account.ids() {
            chown(&folder, Some(uid), Some(gid))?;
            account.can_reach(&folder)?;
        }
        Ok(folder)
    }

    pub(crate) const fn is_kept(&self) -> bool {
        matches!(self, Self::Kept(_))
    }
}

/// Whether a server has been set up in a folder before.
pub(crate) fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none())
}
