//! Whom a RabbitMQ node lets in.

use std::{
    fmt::{self, Display, Formatter},
    fs::{self, OpenOptions},
    io::Write as _,
    os::unix::fs::{OpenOptionsExt as _, chown},
    path::Path,
};

use anyhow::Result;

use crate::account::Account;

/// The name of the user that a kept node has.
const NAME: &str = "tandem";
/// Where its password is kept, and what the node reads at each start.
const PASSWORD: &str = "password";
const DEFINITIONS: &str = "definitions.json";

/// A user with all rights; shown as it stands in a URL.
#[derive(Clone)]
pub(crate) struct User {
    name: &'static str,
    password: String,
}

impl User {
    /// `guest`, whom every node has.
    pub(crate) fn of_every_node() -> Self {
        Self { name: "guest", password: "guest".into() }
    }

    /// A user of our own, whose password is made once and lies in the node's folder, for us and the node's account alone.
    /// `guest` is still there, since a node may have been set up with it, and can't come in.
    pub(crate) fn kept(folder: &Path, account: Account) -> Result<Self> {
        let path = folder.join(PASSWORD);
        let password = match fs::read_to_string(&path) {
            Ok(password) => password,
            Err(_) => {
                let password = format!("{:032x}", rand::random::<u128>());
                write(&path, &password, account)?;
                password
            }
        };
        write(&folder.join(DEFINITIONS), &definitions(&password), account)?;
        Ok(Self { name: NAME, password })
    }

    /// The lines of configuration that make it.
    pub(crate) fn settings(&self, folder: &Path) -> String {
        if self.name == NAME {
            format!("load_definitions = {}", folder.join(DEFINITIONS).display())
        } else {
            String::new()
        }
    }
}

impl Display for User {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.name, self.password)
    }
}

impl fmt::Debug for User {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("User").field("name", &self.name).finish_non_exhaustive()
    }
}

/// As RabbitMQ writes them: users, of whom one without a hash of a password has none, virtual hosts, and who may do what there.
fn definitions(password: &str) -> String {
    format!(
        r#"{{
  "users": [
    {{"name": "{NAME}", "password": "{password}", "tags": ["administrator"]}},
    {{"name": "guest", "password_hash": "", "tags": []}}
  ],
  "vhosts": [{{"name": "/"}}],
  "permissions": [{{"user": "{NAME}", "vhost": "/", "configure": ".*", "write": ".*", "read": ".*"}}]
}}
"#
    )
}

/// Writes a file that its owner alone reads: the account that runs the node.
fn write(path: &Path, text: &str, account: Account) -> Result<()> {
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
    file.write_all(text.as_bytes())?;
    if let Some((uid, gid)) = account.ids() {
        chown(path, Some(uid), Some(gid))?;
    }
    Ok(())
}
