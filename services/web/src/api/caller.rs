//! What each call carries: whose it is, in which language, and from which browser.

use std::{
    convert::Infallible,
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{HeaderValue, request::Parts},
};
use chassis::{ServiceTokens, client_address, forwarded::FORWARDED_FOR};
use kernel::Locale;
use tonic::{Request, Status, metadata::MetadataMap, service::Interceptor};

/// What each call carries.
#[derive(Clone, Default)]
pub(crate) struct Caller {
    pub(super) authorization: Option<HeaderValue>,
    pub(super) locale: Option<Locale>,
    pub(super) tokens: Option<ServiceTokens>,
    pub(super) client: Option<Arc<Client>>,
}

/// Where a browser is: the address that called us, and what proxies before us said.
#[derive(Clone, Default)]
pub(crate) struct Client {
    peer: Option<IpAddr>,
    /// Line by line: a proxy may add one of its own.
    forwarded: Vec<HeaderValue>,
}

impl<S: Send + Sync> FromRequestParts<S> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        Ok(Self { peer, forwarded: parts.headers.get_all(FORWARDED_FOR).iter().cloned().collect() })
    }
}

impl Interceptor for Caller {
    fn call(&mut self, mut request: Request<()>) -> Result<Request<()>, Status> {
        // The transport's own headers are there already, and must stay.
        let mut headers = std::mem::take(request.metadata_mut()).into_headers();
        if let Some(token) = &self.authorization {
            headers.insert("authorization", token.clone());
        }
        if let Some(locale) = self.locale {
            headers.insert("accept-language", HeaderValue::from_static(locale.code()));
        }
        // The gateway counts calls by address, and all who read our pages share ours.
        if let Some(tokens) = &self.tokens {
            client_address::tell(&mut headers, tokens, self.client.as_ref().and_then(|client| client.peer));
        }
        for line in self.client.iter().flat_map(|client| &client.forwarded) {
            headers.append(FORWARDED_FOR, line.clone());
        }
        *request.metadata_mut() = MetadataMap::from_headers(headers);
        Ok(request)
    }
}
