//! What a service is to the shell, and what the shell gives it.

use std::{collections::HashMap, convert::Infallible, sync::Arc, time::Duration};

use directory::Directory;
use eventing::{Consumers, Topology};
use http::{Request, Response};
use kernel::Env;
use serde::{Serialize, de::DeserializeOwned};
use sqlx::migrate::Migrator;
use tokio_util::sync::CancellationToken;
use tonic::{body::Body, server::NamedService, service::RoutesBuilder};
use tower::Service as TowerService;

use crate::{
    Db, KeySource, Messages, PeerClient, Peers, ServiceTokens, Waker,
    config::Validate,
    locale,
    tasks::{Task, TaskRun},
};

/// A service of Tandem: what it is called, what it owns, and how it is put together.
pub trait Service: 'static {
    /// Its name, which is its schema's and its binary's: `placement`.
    const NAME: &'static str;
    /// Its events in and out, and the RPCs that it calls.
    const TOPOLOGY: &'static Topology;
    type Config: DeserializeOwned + Serialize + Default + Validate + Send;

    /// The history of its schema; `None` for a service without one.
    fn migrator() -> Option<&'static Migrator> {
        None
    }

    /// Whether its schema holds a [`Directory`]; its consumers opt in to what is kept there
    /// ([`directory::KeepDirectory`]).
    const DIRECTORY: bool = false;

    /// The texts of its errors.
    fn messages() -> &'static Messages {
        locale::NO_MESSAGES
    }

    /// Puts it together. Nothing runs yet.
    fn build(host: &Host, config: Self::Config) -> impl Future<Output = anyhow::Result<Component>> + Send;
}

/// What the shell gives a service. Cheap to clone.
#[derive(Clone)]
pub struct Host {
    pub name: &'static str,
    /// The province's code, such as `qc`.
    pub province: Arc<str>,
    pub env: Env,
    /// The service's schema. In a service without one, every use fails as unavailable.
    pub db: Db,
    /// Places, programs and people of other services, as far as the service keeps them.
    pub directory: Directory,
    pub peers: Peers,
    /// What it proves itself to other services with.
    pub tokens: ServiceTokens,
    /// What verifies access tokens; the authentication layer uses it already.
    pub keys: KeySource,
    /// Starts its tasks ahead of their time.
    pub waker: Waker,
    /// Cancelled when the process begins to stop: what has no end of its own ends then.
    pub stopping: CancellationToken,
}

impl Host {
    /// A client of another service that carries a service token and the trace.
    pub fn peer(&self, name: &str) -> anyhow::Result<PeerClient> {
        self.peers.client(name, &self.tokens)
    }
}

/// A service that has been put together: what the shell serves, consumes and runs for it.
#[derive(Default)]
pub struct Component {
    pub(crate) routes: RoutesBuilder,
    pub(crate) http: Option<axum::Router>,
    pub(crate) consumers: Option<Consumers>,
    pub(crate) copies: Vec<&'static str>,
    pub(crate) tasks: Vec<Task>,
}

impl Component {
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Serves a gRPC service behind the authentication layer.
    #[must_use]
    pub fn grpc<S>(mut self, service: S) -> Self
    where
        S: TowerService<Request<Body>, Response = Response<Body>, Error = Infallible>
            + NamedService
            + Clone
            + Send
            + Sync
            + 'static,
        S::Future: Send + 'static,
    {
        self.routes.add_service(service);
        self
    }

    /// Serves HTTP instead: a front end or the gateway, which authenticate in their own way.
    #[must_use]
    pub fn http(mut self, router: axum::Router) -> Self {
        self.http = Some(router);
        self
    }

    /// Takes the HTTP routes out, for a process that serves them behind those of another component.
    pub fn take_http(&mut self) -> Option<axum::Router> {
        self.http.take()
    }

    #[must_use]
    pub fn consumers(mut self, consumers: Consumers) -> Self {
        self.consumers = Some(consumers);
        self
    }

    /// Keeps a copy of another service's data: fills it at the first start from that owner's export stream, through the
    /// same handlers that follow its events.
    #[must_use]
    pub fn copy_of(mut self, owner: &'static str) -> Self {
        self.copies.push(owner);
        self
    }

    /// Runs `run` now and then: at the start, every so often, and when [`Waker::wake`] says so.
    #[must_use]
    pub fn task<F, R>(mut self, name: &'static str, every: Duration, run: F) -> Self
    where
        F: Fn() -> R + Send + Sync + 'static,
        R: Future<Output = anyhow::Result<()>> + Send + 'static,
    {
        self.tasks.push(Task { name, every, run: Arc::new(move || Box::pin(run())) });
        self
    }

    #[must_use]
    pub fn handlers(&self) -> Option<Consumers> {
        self.consumers.clone()
    }

    /// Its tasks by name, to be run by hand.
    #[must_use]
    pub fn runs(&self) -> HashMap<&'static str, TaskRun> {
        self.tasks.iter().map(|task| (task.name, Arc::clone(&task.run))).collect()
    }
}
