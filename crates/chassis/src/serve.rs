//! Serving a component's gRPC, over the network and over pipes in memory.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum::{
    extract::{Request, State},
    middleware::{self, Next},
    response::Response,
    serve::{ListenerExt as _, TapIo},
};
use futures::StreamExt as _;
use http::{HeaderValue, Version, header::CONNECTION};
use tokio::{
    io::DuplexStream,
    net::{TcpListener, TcpStream},
    sync::mpsc,
};
use tokio_stream::wrappers::{TcpListenerStream, UnboundedReceiverStream};
use tonic::{service::Routes, transport::Server};

use crate::{
    Host, Lifecycle, Messages,
    authentication::{self, Authentication},
    config,
};

/// Calls and streams at the same time on one connection.
const MOST_STREAMS: u32 = 100_000;

/// A component's routes behind the authentication layer, with health and reflection beside them.
pub(crate) fn routes(
    own: Routes,
    host: &Host,
    messages: &'static Messages,
    settings: &config::Server,
) -> anyhow::Result<Routes> {
    let deadline = Duration::from_millis(settings.deadline_ms);
    let layer = Arc::new(Authentication { host: host.clone(), messages, deadline });
    // Whether the process takes work is asked at `/readyz`; over gRPC, whoever answers serves.
    let (_, health) = tonic_health::server::health_reporter();
    let reflection = tonic_reflection::server::Builder::configure()
        .register_encoded_file_descriptor_set(proto::FILE_DESCRIPTOR_SET)
        .build_v1()?;
    let router = own
        .add_service(health)
        .add_service(reflection)
        .into_axum_router()
        .layer(middleware::from_fn_with_state(layer, authentication::authenticate));
    Ok(Routes::from(router))
}

/// Serves on an address until the process stops, then finishes the calls in hand.
pub(crate) async fn tcp(listener: TcpListener, routes: Routes, lifecycle: Lifecycle) -> anyhow::Result<()> {
    let incoming = TcpListenerStream::new(listener).inspect(|stream| {
        if let Ok(stream) = stream {
            // Small answers must not wait for more bytes to come; a socket that refuses is only slower.
            let _ = stream.set_nodelay(true);
        }
    });
    server().add_routes(routes).serve_with_incoming_shutdown(incoming, lifecycle.soft().cancelled()).await?;
    Ok(())
}

/// Serves the other services of the same process. It ends last, since they may need it while they drain.
pub(crate) async fn memory(
    connections: mpsc::UnboundedReceiver<DuplexStream>,
    routes: Routes,
    lifecycle: Lifecycle,
) -> anyhow::Result<()> {
    let incoming = UnboundedReceiverStream::new(connections).map(Ok::<_, std::io::Error>);
    server().add_routes(routes).serve_with_incoming_shutdown(incoming, lifecycle.soft().cancelled()).await?;
    Ok(())
}

/// A listener whose connections send what is small at once. Where many answers share a connection, one would else wait until
/// the caller acknowledges the one before it, which callers put off by up to 40 ms.
fn prompt(listener: TcpListener) -> TapIo<TcpListener, fn(&mut TcpStream)> {
    listener.tap_io(|stream| {
        // A socket that refuses is only slower.
        let _ = stream.set_nodelay(true);
    })
}

/// Serves HTTP until the process stops, then finishes the answers in hand.
pub(crate) async fn http(listener: TcpListener, router: axum::Router, lifecycle: Lifecycle) -> anyhow::Result<()> {
    let router = router
        .layer(middleware::from_fn_with_state(lifecycle.clone(), say_goodbye))
        .into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(prompt(listener), router).with_graceful_shutdown(lifecycle.soft().clone().cancelled_owned()).await?;
    Ok(())
}

/// Lets a caller who keeps a connection open know, by the last answer, that it ends: whoever learnt it by the end itself might
/// just have sent a call into it. HTTP/2 has a message of its own for this.
async fn say_goodbye(State(lifecycle): State<Lifecycle>, request: Request, next: Next) -> Response {
    let keeps_open = request.version() < Version::HTTP_2;
    let mut response = next.run(request).await;
    if keeps_open && lifecycle.is_stopping() {
        response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    }
    response
}

fn server() -> Server {
    Server::builder()
        .http2_keepalive_interval(Some(Duration::from_secs(30)))
        // The gateway has one connection to each service, which carries every open stream of everybody beside all calls;
        // two hundred, hyper's default, would be used up by as many people who watch.
        .max_concurrent_streams(MOST_STREAMS)
}

#[cfg(test)]
mod tests {
    use axum::serve::Listener as _;

    use super::*;

    #[tokio::test]
    async fn small_answers_do_not_wait_for_more() {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let _caller = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        let (accepted, _) = prompt(listener).accept().await;
        assert!(accepted.nodelay().unwrap());
    }
}
