//! The way to another process. Its connection is renewed by its caller, while nothing is under way on it: so callers find
//! replicas that came later, and have let go of one that leaves before it stops. A server that ended connections could not know
//! what is being sent to it at that moment.

use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll},
    time::Duration,
};

use futures::future::BoxFuture;
use http::{Request, Response};
use tokio::time::Instant;
use tonic::{
    body::Body,
    transport::{Channel, Endpoint, Error},
};
use tower::{Service, ServiceExt as _};

/// A way to another process; cloning shares it.
#[derive(Clone)]
pub struct Link(Kind);

#[derive(Clone)]
enum Kind {
    Fixed(Channel),
    Renewed(Arc<Renewed>),
}

struct Renewed {
    endpoint: Endpoint,
    age: Duration,
    current: Mutex<(Channel, Instant)>,
}

impl Link {
    /// A way whose connection is renewed when it is older than `age`. Nothing is connected yet.
    #[must_use]
    pub fn to(endpoint: Endpoint, age: Duration) -> Self {
        let current = Mutex::new((endpoint.connect_lazy(), Instant::now()));
        Self(Kind::Renewed(Arc::new(Renewed { endpoint, age, current })))
    }

    /// The channel for the next call. One that it replaces ends when the calls on it have.
    #[must_use]
    pub fn channel(&self) -> Channel {
        match &self.0 {
            Kind::Fixed(channel) => channel.clone(),
            Kind::Renewed(link) => {
                let mut current = link.current.lock().unwrap_or_else(PoisonError::into_inner);
                if current.1.elapsed() >= link.age {
                    *current = (link.endpoint.connect_lazy(), Instant::now());
                }
                current.0.clone()
            }
        }
    }
}

impl From<Channel> for Link {
    /// A way that stays as it is, such as a pipe in memory.
    fn from(channel: Channel) -> Self {
        Self(Kind::Fixed(channel))
    }
}

impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Link").finish_non_exhaustive()
    }
}

impl Service<Request<Body>> for Link {
    type Response = Response<Body>;
    type Error = Error;
    type Future = BoxFuture<'static, Result<Self::Response, Error>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        Box::pin(self.channel().oneshot(request))
    }
}
