//! Clients of the other services: over the network between processes, over a pipe in memory inside one.

use std::{
    collections::BTreeMap,
    sync::Arc,
    task::{Context, Poll},
};

use http::{HeaderValue, Request, Response, header::AUTHORIZATION};
use hyper_util::rt::TokioIo;
use tokio::{io::DuplexStream, sync::mpsc};
use tonic::{
    body::Body,
    transport::{Channel, Endpoint, Uri},
};
use tower::{BoxError, Service};

use crate::{Link, LinkSettings, service_tokens::ServiceTokens, telemetry::inject_trace};

/// Bytes that wait in a pipe between two services of one process.
const PIPE_BYTES: usize = 64 * 1024;

/// The ways to the other services, by name.
#[derive(Clone)]
pub struct Peers {
    links: Arc<BTreeMap<String, Link>>,
    settings: LinkSettings,
}

impl Peers {
    /// Ways to addresses; each connects when it is first used, again when it breaks, and anew when it is old.
    pub fn at(addresses: &BTreeMap<String, String>, settings: LinkSettings) -> anyhow::Result<Self> {
        let link = |(name, address): (&String, &String)| {
            let endpoint = Endpoint::from_shared(address.clone()).map_err(|e| anyhow::anyhow!("peers.{name}: {e}"))?;
            Ok((name.clone(), Link::to(endpoint, settings)))
        };
        Ok(Self { links: Arc::new(addresses.iter().map(link).collect::<anyhow::Result<_>>()?), settings })
    }

    /// A way to an address that is no service's, renewed as those to services are.
    #[must_use]
    pub fn link(&self, endpoint: Endpoint) -> Link {
        Link::to(endpoint, self.settings)
    }

    /// These and `more`, which win over those of the same name.
    #[must_use]
    pub fn and(&self, more: impl IntoIterator<Item = (String, Channel)>) -> Self {
        let mut links = (*self.links).clone();
        let link = |(name, channel)| (name, Link::fixed(channel, self.settings.patience));
        links.extend(more.into_iter().map(link));
        Self { links: Arc::new(links), settings: self.settings }
    }

    /// The bare way to a service, for the gateway, which passes the caller's own token on.
    #[must_use]
    pub fn to(&self, name: &str) -> Option<Link> {
        self.links.get(name).cloned()
    }

    /// A client that proves itself with a service token and carries the trace on.
    pub fn client(&self, name: &str, tokens: &ServiceTokens) -> anyhow::Result<PeerClient> {
        let link = self.links.get(name).ok_or_else(|| anyhow::anyhow!("peers.{name} is not configured"))?;
        Ok(PeerClient { link: link.clone(), tokens: tokens.clone() })
    }
}

/// A channel in memory, and the connections that its server accepts.
#[must_use]
pub fn in_memory() -> (Channel, mpsc::UnboundedReceiver<DuplexStream>) {
    let (sender, receiver) = mpsc::unbounded_channel();
    let connector = tower::service_fn(move |_: Uri| {
        let (near, far) = tokio::io::duplex(PIPE_BYTES);
        let accepted = sender.send(far);
        async move {
            accepted.map_err(|_| std::io::Error::from(std::io::ErrorKind::ConnectionRefused))?;
            Ok::<_, std::io::Error>(TokioIo::new(near))
        }
    });
    (Endpoint::from_static("http://in-memory").connect_with_connector_lazy(connector), receiver)
}

/// Calls another service: every call carries a fresh service token and the current trace.
#[derive(Clone)]
pub struct PeerClient {
    link: Link,
    tokens: ServiceTokens,
}

impl Service<Request<Body>> for PeerClient {
    type Response = Response<Body>;
    type Error = BoxError;
    type Future = <Link as Service<Request<Body>>>::Future;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.link.poll_ready(cx)
    }

    fn call(&mut self, mut request: Request<Body>) -> Self::Future {
        if let Ok(value) = HeaderValue::try_from(format!("Bearer {}", self.tokens.issue())) {
            request.headers_mut().insert(AUTHORIZATION, value);
        }
        inject_trace(request.headers_mut());
        self.link.call(request)
    }
}
