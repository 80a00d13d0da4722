//! What the service gives its use cases.

use chassis::Host;
use directory::Directory;
use kernel::Env;

/// What the service gives its use cases.
#[derive(Clone)]
pub struct Context {
    /// Time and ids.
    pub env: Env,
    /// People.
    pub directory: Directory,
}

impl From<&Host> for Context {
    fn from(host: &Host) -> Self {
        Self { env: host.env.clone(), directory: host.directory.clone() }
    }
}
