//! Who calls: a front end of ours, by its token, or somebody at an address. What callers say of themselves is read here alone, and
//! taken off the call.

use std::net::{IpAddr, SocketAddr};

use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, HeaderValue},
    middleware::Next,
    response::Response,
};
use chassis::{
    ServiceTokens, client_address,
    forwarded::{FORWARDED_FOR, TrustedProxies, one_caller},
};

/// Who calls, as an extension of the request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Caller {
    /// Whether a front end of ours does.
    pub(crate) is_front_end: bool,
    /// Where the call comes from, as far as that is known: of a front end, where the browser is that it calls for.
    pub(crate) address: Option<IpAddr>,
}

/// Finds out who calls.
#[derive(Clone)]
pub(crate) struct Callers {
    pub(crate) proxies: TrustedProxies,
    pub(crate) tokens: ServiceTokens,
}

impl Callers {
    fn find(&self, peer: Option<IpAddr>, headers: &mut HeaderMap) -> Caller {
        let passed_on = client_address::passed_on(headers, &self.tokens);
        client_address::forget(headers);
        let peer = passed_on.map_or(peer, |call| call.address);
        let address = peer.map(|peer| self.proxies.caller(peer, headers));
        headers.remove(FORWARDED_FOR);
        Caller { is_front_end: passed_on.is_some(), address }
    }
}

/// The middleware.
pub(crate) async fn identify(State(callers): State<Callers>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let caller = callers.find(peer, request.headers_mut());
    if let Some(address) = caller.address.and_then(|address| HeaderValue::try_from(address.to_string()).ok()) {
        // What the proxy passes on to the routing, which tells the services that count by it.
        request.headers_mut().insert(FORWARDED_FOR, address);
    }
    request.extensions_mut().insert(caller);
    next.run(request).await
}

impl Caller {
    /// Has a call counted by what is one caller, which limits read as its peer's address. One that a front end makes for a browser is
    /// counted as if the browser had called itself: guessers gain nothing by typing into a page.
    pub(crate) fn count(self, request: &mut Request) {
        if let Some(address) = self.address {
            request.extensions_mut().insert(ConnectInfo(SocketAddr::new(one_caller(address).addr(), 0)));
        }
    }
}

/// The middleware of pages behind the gateway in the same process, which see the address itself.
pub(crate) async fn show(mut request: Request, next: Next) -> Response {
    if let Some(address) = request.extensions().get::<Caller>().and_then(|caller| caller.address) {
        request.extensions_mut().insert(ConnectInfo(SocketAddr::new(address, 0)));
    }
    next.run(request).await
}
