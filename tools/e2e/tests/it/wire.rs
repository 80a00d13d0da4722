//! Native gRPC at the gateway, by method name.

use std::{collections::BTreeSet, sync::LazyLock};

use bytes::Bytes;
use chassis::access::{self, Rule};
use platform::{Platform, Rest};
use testkit::raw;
use tonic::{
    Request, Status,
    service::{Interceptor, interceptor::InterceptedService},
    transport::Channel,
};

/// Calls as someone, over native gRPC.
#[derive(Clone)]
pub(crate) struct Grpc(InterceptedService<Channel, Headers>);

#[derive(Clone)]
pub(crate) struct Headers {
    token: String,
    language: &'static str,
}

impl Interceptor for Headers {
    fn call(&mut self, mut request: Request<()>) -> Result<Request<()>, Status> {
        let headers = request.metadata_mut();
        if !self.token.is_empty() {
            headers.insert("authorization", format!("Bearer {}", self.token).parse().unwrap());
        }
        headers.insert("accept-language", self.language.parse().unwrap());
        Ok(request)
    }
}

impl Grpc {
    /// As the one who is signed in with `rest`, who reads `language`.
    pub(crate) async fn connect(platform: &Platform, rest: &Rest, language: &'static str) -> Self {
        let headers = Headers { token: rest.token().to_owned(), language };
        Self(InterceptedService::new(platform.grpc().await, headers))
    }

    /// With the token of somebody else, on the same connection.
    pub(crate) fn with_token(channel: &Channel, token: &str) -> Self {
        Self(InterceptedService::new(channel.clone(), Headers { token: token.to_owned(), language: "en" }))
    }

    /// What generated clients are made from.
    pub(crate) fn caller(&self) -> InterceptedService<Channel, Headers> {
        self.0.clone()
    }

    /// Sends bytes to a method. Of a stream that has no end the first message is the answer.
    pub(crate) async fn call(&self, path: &str, message: impl Into<Bytes>) -> Result<Bytes, Status> {
        if path.ends_with("/WatchRequests") {
            return raw::first(self.0.clone(), path, message).await;
        }
        raw::call(self.0.clone(), path, message).await
    }
}

/// Every method of Tandem with its rule, in order.
pub(crate) fn methods() -> impl Iterator<Item = (&'static str, &'static Rule)> {
    static PATHS: LazyLock<BTreeSet<&String>> = LazyLock::new(|| access::rules().keys().collect());
    PATHS.iter().map(|path| (path.as_str(), access::rule(path).expect("it is one of the rules")))
}
