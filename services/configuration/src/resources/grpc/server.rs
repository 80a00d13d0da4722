//! Who serves the RPCs of all resources.

use chassis::Host;

/// Serves every RPC of configuration.
#[derive(Clone)]
pub struct Server {
    pub(crate) host: Host,
}

impl Server {
    /// On what the shell gives.
    #[must_use]
    pub const fn new(host: Host) -> Self {
        Self { host }
    }
}
