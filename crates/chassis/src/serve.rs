//! Serving a component's gRPC, over the network and over pipes in memory.

use std::{sync::Arc, time::Duration};

use axum::middleware;
use futures::StreamExt as _;
use tokio::{io::DuplexStream, net::TcpListener, sync::mpsc};
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

fn server() -> Server {
    Server::builder()
        .http2_keepalive_interval(Some(Duration::from_secs(30)))
        // The gateway has one connection to each service, which carries every open stream of everybody beside all calls;
        // two hundred, hyper's default, would be used up by as many people who watch.
        .max_concurrent_streams(MOST_STREAMS)
}
