//! Who serves the RPCs of all resources.

use chassis::Host;

use crate::resources::app::context::Context;

/// Serves every RPC of configuration.
#[derive(Clone)]
pub struct Server {
    pub(crate) host: Host,
    pub(crate) cx: Context,
}

impl Server {
    /// On what the shell gives.
    #[must_use]
    pub fn new(host: Host) -> Self {
        Self { cx: Context::from(&host), host }
    }
}
