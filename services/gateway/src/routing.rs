//! Which service a call goes to, and which calls never come in.

use std::{
    future::Future,
    net::IpAddr,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
};

use chassis::{
    KeySource, Peers, ServiceTokens,
    access::{self, Rule},
    auth::{Refusal, bearer},
    client_address, error,
    forwarded::FORWARDED_FOR,
    security::{self, Concerned, SecurityEvent},
};
use http::{Request, Response};
use http_body_util::BodyExt as _;
use kernel::{ErrorKind, Problem as _};
use tonic::{Status, body::Body};
use tower::{Service, ServiceExt as _};

/// The service that counts tries of a secret by where they come from.
const COUNTS_BY_ADDRESS: &str = "identity";

/// Routes each call by the package of its method. Methods for services, and those without an access rule, do not exist for
/// whoever comes from outside; a token that does not hold is turned away before it costs a service anything.
#[derive(Clone)]
pub(crate) struct Routing {
    peers: Peers,
    keys: KeySource,
    tokens: ServiceTokens,
    name: Arc<str>,
}

impl Routing {
    pub(crate) fn new(host: &chassis::Host) -> Self {
        Self { peers: host.peers.clone(), keys: host.keys.clone(), tokens: host.tokens.clone(), name: host.name.into() }
    }

    async fn pass(self, mut request: Request<Body>) -> Response<Body> {
        let path = request.uri().path().to_owned();
        let rule = match access::rule(&path) {
            None | Some(Rule::Internal) => return refuse(ErrorKind::NotFound, "NOT_IMPLEMENTED"),
            Some(rule) => rule,
        };
        let address = request.headers_mut().remove(FORWARDED_FOR);
        let address: Option<IpAddr> = address.and_then(|address| address.to_str().ok()?.parse().ok());
        let token = bearer(request.headers()).map(str::to_owned);
        let was_given = token.is_some();
        if *rule != Rule::Public
            && let Err(refusal) = self.verify(token).await
        {
            if was_given && refusal == Refusal::Unauthenticated {
                let concerned = Concerned { address, reason: refusal.reason(), ..Concerned::default() };
                security::record(SecurityEvent::TokenInvalid, concerned);
            }
            return refuse(refusal.kind(), refusal.reason());
        }
        let Some(link) = service_of(&path).and_then(|service| self.peers.to(service)) else {
            tracing::error!(gateway = &*self.name, path, "no service is configured for this method");
            return refuse(ErrorKind::Unavailable, "UNAVAILABLE");
        };
        if address.is_some() && service_of(&path) == Some(COUNTS_BY_ADDRESS) {
            client_address::tell(request.headers_mut(), &self.tokens, address);
        }
        chassis::telemetry::inject_trace(request.headers_mut());
        let (request, broken) = watched(request);
        match link.oneshot(request).await {
            Ok(response) => response.map(|body| Body::new(body.map_err(broken_off))),
            Err(_) if broken.load(Ordering::Relaxed) => refuse(ErrorKind::Invalid, "MALFORMED_REQUEST"),
            Err(error) => {
                tracing::warn!(path, error = error.to_string(), "a service is away");
                refuse(ErrorKind::Unavailable, "UNAVAILABLE")
            }
        }
    }

    async fn verify(&self, token: Option<String>) -> Result<(), Refusal> {
        self.keys.verify(&token.ok_or(Refusal::Unauthenticated)?).await.map(drop)
    }
}

/// `placement` of `/tandem.placement.v1.PlacementRequestService/SendRequest`.
fn service_of(path: &str) -> Option<&str> {
    path.strip_prefix("/tandem.")?.split('.').next()
}

/// The call, and whether its body broke off: over gRPC a body is measured as it passes, and one that is too long, or whose
/// caller goes away, says nothing about the service that it was meant for.
fn watched(request: Request<Body>) -> (Request<Body>, Arc<AtomicBool>) {
    let broken = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&broken);
    let note = move |fault| {
        seen.store(true, Ordering::Relaxed);
        fault
    };
    (request.map(|body| Body::new(body.map_err(note))), broken)
}

/// What a caller learns when a service ends in the middle of an answer: to try again, as when it had not begun.
fn broken_off(fault: Status) -> Status {
    tracing::warn!(error = fault.message(), "a service broke off its answer");
    Status::unavailable("the service broke off its answer")
}

fn refuse(kind: ErrorKind, reason: &'static str) -> Response<Body> {
    let status: Status = error::status(kind, reason, Vec::new(), &[]);
    status.into_http()
}

impl Service<Request<Body>> for Routing {
    type Response = Response<Body>;
    type Error = std::convert::Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let routing = self.clone();
        let locale = chassis::locale::asked(request.headers()).unwrap_or_default();
        Box::pin(async move {
            Ok(chassis::locale::scope(locale, chassis::locale::NO_MESSAGES, routing.pass(request)).await)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_package_names_the_service() {
        assert_eq!(service_of("/tandem.placement.v1.PlacementRequestService/SendRequest"), Some("placement"));
        assert_eq!(service_of("/grpc.health.v1.Health/Check"), None);
    }
}
