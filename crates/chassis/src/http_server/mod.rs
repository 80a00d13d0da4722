//! Serving HTTP to anybody: gateway and pages. Whoever connects is given so much time and so many connections, so that nobody
//! who holds some open, or sends a byte now and then, keeps others out.

mod body;
mod connection;
mod io;
mod registry;
mod requests;

use std::{convert::Infallible, io::ErrorKind, net::SocketAddr, pin::pin, sync::Arc, time::Duration};

use axum::{
    Router,
    body::Body,
    extract::{ConnectInfo, Request},
    middleware,
};
use hyper::{body::Incoming, service::service_fn};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::conn::auto::Builder,
};
use tokio::{
    net::{TcpListener, TcpStream},
    time::{Instant, sleep, sleep_until},
};
use tokio_util::task::TaskTracker;
use tower::ServiceExt as _;

pub(crate) use self::registry::Registry;
use self::{
    body::{Held, Timed},
    connection::Connection,
    io::Watched,
    registry::Admitted,
};
use crate::{Lifecycle, config};

/// How long a connection that is to end may take for its goodbye.
const GOODBYE: Duration = Duration::from_secs(1);
/// How long nobody is taken in where the system has no more files to give.
const OUT_OF_FILES: Duration = Duration::from_millis(100);
/// How often a peer over HTTP/2 is asked whether it is there.
const ASK_EVERY: Duration = Duration::from_secs(30);

/// How long whoever connects may take.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Times {
    /// For the head of a request, and for the first one to begin.
    head: Duration,
    /// For a body, and for taking an answer; each is given more while something moves.
    body: Duration,
    /// Between requests.
    idle: Duration,
}

impl Times {
    pub(crate) const fn new(settings: &config::Server) -> Self {
        Self {
            head: Duration::from_millis(settings.head_timeout_ms),
            body: Duration::from_millis(settings.body_timeout_ms),
            idle: Duration::from_millis(settings.idle_timeout_ms),
        }
    }
}

/// Serves HTTP until the process stops, then finishes the answers in hand.
pub(crate) async fn serve(
    listener: TcpListener,
    router: Router,
    lifecycle: Lifecycle,
    settings: config::Server,
    registry: Arc<Registry>,
) -> anyhow::Result<()> {
    let times = Times::new(&settings);
    let router = router
        .layer(middleware::from_fn_with_state(settings.hsts_seconds, requests::insist_on_tls))
        .layer(middleware::from_fn_with_state(lifecycle.clone(), requests::say_goodbye))
        .layer(middleware::from_fn(requests::ask_for_host));
    let open = TaskTracker::new();
    loop {
        let accepted = tokio::select! {
            biased;
            () = lifecycle.soft().cancelled() => break,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, peer)) => {
                prompt(&stream);
                if let Some(admitted) = registry.admit(peer.ip(), times) {
                    open.spawn(converse(stream, peer, router.clone(), lifecycle.clone(), admitted));
                }
            }
            Err(error) if is_of_the_caller(&error) => {}
            Err(error) => {
                tracing::warn!(error = error.to_string(), "a connection cannot be taken");
                registry.evict_one();
                sleep(OUT_OF_FILES).await;
            }
        }
    }
    drop(listener);
    open.close();
    open.wait().await;
    Ok(())
}

/// Has small answers sent at once. Where many share a connection, one would else wait until the caller acknowledges the one before
/// it, which callers put off by up to 40 ms.
fn prompt(stream: &TcpStream) {
    // A socket that refuses is only slower.
    let _ = stream.set_nodelay(true);
}

fn is_of_the_caller(error: &std::io::Error) -> bool {
    matches!(error.kind(), ErrorKind::ConnectionRefused | ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset)
}

/// One connection, until it ends by itself, takes too long, or has to make way.
async fn converse(stream: TcpStream, peer: SocketAddr, router: Router, lifecycle: Lifecycle, admitted: Admitted) {
    let connection = admitted.connection();
    let service =
        service_fn(|request: hyper::Request<Incoming>| answer(request, peer, router.clone(), Arc::clone(connection)));
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http2().timer(TokioTimer::new()).keep_alive_interval(Some(ASK_EVERY));
    let io = TokioIo::new(Watched::new(stream, Arc::clone(connection)));
    let mut conversation = pin!(builder.serve_connection(io, service));
    let (mut is_stopping, mut ends_by) = (false, None);
    loop {
        tokio::select! {
            // What a caller did wrong on its connection is its own affair.
            _ = conversation.as_mut() => return,
            () = lifecycle.soft().cancelled(), if !is_stopping => {
                is_stopping = true;
                conversation.as_mut().graceful_shutdown();
            }
            () = connection.evicted(), if ends_by.is_none() => {
                ends_by = Some(Instant::now() + GOODBYE);
                conversation.as_mut().graceful_shutdown();
            }
            () = sleep_until(ends_by.unwrap_or_else(|| connection.look_again())) => {
                if connection.is_stuck() || (ends_by.is_some() && !connection.is_busy()) {
                    return;
                }
                if ends_by.is_some() || connection.is_overdue() {
                    ends_by = Some(Instant::now() + GOODBYE);
                    conversation.as_mut().graceful_shutdown();
                }
            }
        }
    }
}

async fn answer(
    request: hyper::Request<Incoming>,
    peer: SocketAddr,
    router: Router,
    connection: Arc<Connection>,
) -> Result<hyper::Response<Body>, Infallible> {
    let in_flight = Connection::begin(&connection);
    let mut request: Request = request.map(|body| Body::new(Timed::new(body, connection.times().body)));
    request.extensions_mut().insert(ConnectInfo(peer));
    let Ok(response) = router.oneshot(request).await;
    Ok(response.map(|body| Body::new(Held::new(body, in_flight))))
}

#[cfg(test)]
mod tests;
