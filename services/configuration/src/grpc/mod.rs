//! The RPCs. Ten resources speak alike: [`plumbing`] says once what a call does, the files name what differs.

mod agencies;
mod closures;
mod contacts;
mod courses;
mod destinations;
mod export;
mod placement_types;
mod plumbing;
mod profile_history;
mod programs;
mod reasons;
mod services;
mod sites;
mod terms;

use chassis::Host;

/// Serves every RPC of configuration.
#[derive(Clone)]
pub struct Server {
    host: Host,
}

impl Server {
    /// On what the shell gives.
    #[must_use]
    pub const fn new(host: Host) -> Self {
        Self { host }
    }
}
