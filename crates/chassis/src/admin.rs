//! Probes and metrics, on an address of their own that never leaves the cluster.

use std::{sync::Arc, time::Duration};

use axum::{Router, extract::State, http::StatusCode, routing::get};
use tokio::net::TcpListener;

use crate::{Db, Lifecycle, telemetry};

const PROBE_PATIENCE: Duration = Duration::from_secs(2);

/// Whether something is there.
pub(crate) type Check = Arc<dyn Fn() -> bool + Send + Sync>;

/// What a process must have to take work.
#[derive(Clone, Default)]
pub(crate) struct Readiness {
    pub(crate) databases: Vec<Db>,
    pub(crate) subscribed: Vec<eventing::Subscribed>,
    /// What else a process of its own kind must have, and whether it is there.
    pub(crate) others: Vec<(&'static str, Check)>,
}

impl Readiness {
    /// What is missing, if anything.
    pub(crate) async fn missing(&self) -> Option<&'static str> {
        for db in &self.databases {
            let probe = sqlx::query("SELECT 1").execute(db.pool());
            if !matches!(tokio::time::timeout(PROBE_PATIENCE, probe).await, Ok(Ok(_))) {
                return Some("database");
            }
        }
        if self.subscribed.iter().any(|s| !s.now()) {
            return Some("broker");
        }
        self.others.iter().find(|(_, is_there)| !is_there()).map(|(name, _)| *name)
    }
}

/// Serves `/livez`, `/readyz` and `/metrics` until the process has stopped.
pub(crate) async fn serve(listener: TcpListener, readiness: Readiness, lifecycle: Lifecycle) -> anyhow::Result<()> {
    // Probes are answered until the last call has drained, so that the cluster sees "stopping", not "gone".
    let end = lifecycle.hard().clone();
    let router = Router::new()
        .route("/livez", get(async || "alive\n"))
        .route("/readyz", get(ready))
        .route("/metrics", get(async || telemetry::metrics().render()))
        .with_state(Arc::new((readiness, lifecycle)));
    axum::serve(listener, router).with_graceful_shutdown(end.cancelled_owned()).await?;
    Ok(())
}

async fn ready(State(state): State<Arc<(Readiness, Lifecycle)>>) -> (StatusCode, String) {
    let (readiness, lifecycle) = &*state;
    let missing = if lifecycle.is_stopping() { Some("stopping") } else { readiness.missing().await };
    match missing {
        None => (StatusCode::OK, "ready\n".into()),
        Some(part) => (StatusCode::SERVICE_UNAVAILABLE, format!("not ready: {part}\n")),
    }
}
