//! The way to another process. Its connection is renewed by its caller, while nothing is under way on it: so callers find
//! replicas that came later, and have let go of one that leaves before it stops. A server that ended connections could not know
//! what is being sent to it at that moment.
//!
//! A call that nobody begins to answer ends; and where several have waited in vain one after the other, further ones fail at
//! once, so that one process that hangs makes nobody else hang.

use std::{
    fmt,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
    task::{Context, Poll},
    time::Duration,
};

use futures::future::BoxFuture;
use http::{Request, Response};
use tokio::time::{Instant, timeout};
use tonic::{
    Status,
    body::Body,
    transport::{Channel, Endpoint},
};
use tower::{BoxError, Service, ServiceExt as _};

/// How long the other side may take to be reached.
const CONNECT_PATIENCE: Duration = Duration::from_secs(2);
/// So many calls in a row that waited in vain say that the other side hangs.
const IN_VAIN: u32 = 3;
/// How often one that hangs is tried again.
const TRY_AGAIN: Duration = Duration::from_secs(1);

/// A way to another process; cloning shares it.
#[derive(Clone)]
pub struct Link {
    way: Way,
    patience: Duration,
    hanging: Arc<Hanging>,
}

#[derive(Clone)]
enum Way {
    Fixed(Channel),
    Renewed(Arc<Renewed>),
}

struct Renewed {
    endpoint: Endpoint,
    age: Duration,
    current: Mutex<(Channel, Instant)>,
}

/// What is known of a side that does not answer.
struct Hanging {
    in_vain: AtomicU32,
    try_at: Mutex<Instant>,
}

/// How ways to others are kept.
#[derive(Clone, Copy, Debug)]
pub struct LinkSettings {
    /// After how long a connection is replaced.
    pub age: Duration,
    /// How long a call waits until its answer begins.
    pub patience: Duration,
}

impl Link {
    /// A way whose connection is renewed. Nothing is connected yet.
    #[must_use]
    pub fn to(endpoint: Endpoint, LinkSettings { age, patience }: LinkSettings) -> Self {
        let endpoint = endpoint.tcp_nodelay(true).connect_timeout(CONNECT_PATIENCE);
        let current = Mutex::new((endpoint.connect_lazy(), Instant::now()));
        Self::by(Way::Renewed(Arc::new(Renewed { endpoint, age, current })), patience)
    }

    /// A way that stays as it is, such as a pipe in memory.
    #[must_use]
    pub fn fixed(channel: Channel, patience: Duration) -> Self {
        Self::by(Way::Fixed(channel), patience)
    }

    fn by(way: Way, patience: Duration) -> Self {
        let hanging = Hanging { in_vain: AtomicU32::new(0), try_at: Mutex::new(Instant::now()) };
        Self { way, patience, hanging: Arc::new(hanging) }
    }

    /// The channel for the next call. One that it replaces ends when the calls on it have.
    fn channel(&self) -> Channel {
        match &self.way {
            Way::Fixed(channel) => channel.clone(),
            Way::Renewed(link) => {
                let mut current = link.current.lock().unwrap_or_else(PoisonError::into_inner);
                if current.1.elapsed() >= link.age {
                    *current = (link.endpoint.connect_lazy(), Instant::now());
                }
                current.0.clone()
            }
        }
    }
}

impl Hanging {
    /// Whether a call may try it.
    fn admits(&self) -> bool {
        if self.in_vain.load(Ordering::Relaxed) < IN_VAIN {
            return true;
        }
        let mut try_at = self.try_at.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        let admits = now >= *try_at;
        if admits {
            *try_at = now + TRY_AGAIN;
        }
        admits
    }

    fn waited_in_vain(&self) {
        self.in_vain.fetch_add(1, Ordering::Relaxed);
    }

    fn answered(&self) {
        self.in_vain.store(0, Ordering::Relaxed);
    }
}

impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Link").finish_non_exhaustive()
    }
}

impl Service<Request<Body>> for Link {
    type Response = Response<Body>;
    type Error = BoxError;
    type Future = BoxFuture<'static, Result<Self::Response, BoxError>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let link = self.clone();
        Box::pin(async move {
            if !link.hanging.admits() {
                return Err(Status::unavailable("it has not answered for a while").into());
            }
            match timeout(link.patience, link.channel().oneshot(request)).await {
                Ok(answer) => {
                    link.hanging.answered();
                    Ok(answer?)
                }
                Err(_) => {
                    link.hanging.waited_in_vain();
                    Err(Status::unavailable("it does not answer").into())
                }
            }
        })
    }
}
