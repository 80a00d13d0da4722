//! Connections for the streams that tell open pages what others do.

use std::sync::Arc;

use chassis::Host;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::client::Api;

/// Where browsers listen.
pub(crate) const LIVE: &str = "/live";

/// Connections for streams beside the one that pages are asked for over: an HTTP/2 server takes 200 streams on each, and
/// whoever listens must not keep others waiting.
const CONNECTIONS: usize = 16;
/// Streams on one connection.
const MOST_STREAMS: usize = 128;

/// The streams of this process.
#[derive(Clone)]
pub(crate) struct Live {
    connections: Arc<[Connection]>,
    host: Host,
}

/// One connection to the gateway, made when it is first needed.
struct Connection {
    api: Api,
    free: Arc<Semaphore>,
}

impl Live {
    /// Of a process that will stop some day.
    pub(crate) fn new(host: &Host, gateway: &str) -> anyhow::Result<Self> {
        let connection =
            |_| Ok(Connection { api: Api::at(gateway, host)?, free: Arc::new(Semaphore::new(MOST_STREAMS)) });
        let connections = (0..CONNECTIONS).map(connection).collect::<anyhow::Result<_>>()?;
        Ok(Self { connections, host: host.clone() })
    }

    /// The first connection that can take another stream, which holds the permit as long as it lives.
    pub(crate) fn free(&self) -> Option<(&Api, OwnedSemaphorePermit)> {
        self.connections.iter().find_map(|one| Some((&one.api, Arc::clone(&one.free).try_acquire_owned().ok()?)))
    }

    /// Resolves when the process stops.
    pub(crate) fn stopped(&self) -> impl Future<Output = ()> + Send + 'static {
        self.host.stopping.clone().cancelled_owned()
    }
}
