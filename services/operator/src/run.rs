//! The process: standing for election, working while elected, answering probes all the time.

use std::{sync::Arc, time::Duration};

use chassis::Lifecycle;
use kernel::{Clock, SystemClock};
use kube::Client;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::{Flag, config::Config, controller::Term, leader::Candidate, measure};

/// How long after a term that failed the next begins.
const BETWEEN_TERMS: Duration = Duration::from_secs(2);

/// What the operator must have to be of use.
#[derive(Clone, Debug, Default)]
pub struct Readiness {
    pub answered: Flag,
    /// This process leads and its caches are filled.
    pub working: Flag,
}

/// Works until the process is asked to stop.
pub async fn operate(
    client: Client,
    config: Config,
    clock: Arc<dyn Clock>,
    readiness: Readiness,
    lifecycle: Lifecycle,
) -> anyhow::Result<()> {
    let candidate = Candidate {
        leases: Candidate::leases(client.clone(), &config.lease_namespace),
        name: config.lease_name.clone(),
        identity: config.identity.clone(),
        duration: Duration::from_millis(config.lease_ms),
        clock: Arc::new(SystemClock),
        answered: readiness.answered.clone(),
    };
    let (leading, leads) = watch::channel(false);
    let term = Term {
        client,
        clock,
        namespace: config.namespace,
        look_every: Duration::from_millis(config.look_every_ms),
        caught_up: readiness.working,
    };
    let stop = lifecycle.soft().clone();
    let standing = candidate.clone().stand(leading, stop.clone());
    let grace = Duration::from_millis(config.lease_ms / 4);
    futures::join!(standing, work(term, leads, grace));
    candidate.resign().await;
    Ok(())
}

/// One term after another, each as long as this process leads; until nobody stands for election any more.
async fn work(term: Term, mut leads: watch::Receiver<bool>, grace: Duration) {
    measure::leads(false);
    while turns(&mut leads, true).await {
        tracing::info!("leading");
        measure::leads(true);
        let end = CancellationToken::new();
        let mut working = std::pin::pin!(term.clone().work(end.clone()));
        tokio::select! {
            outcome = &mut working => {
                let error = outcome.err().map(|error| format!("{error:#}"));
                tracing::warn!(error, "a term of leadership ended early; another begins");
                tokio::time::sleep(BETWEEN_TERMS).await;
            }
            _ = turns(&mut leads, false) => {
                end.cancel();
                // Looks that are under way end before another may lead, or are cut.
                let _ = tokio::time::timeout(grace, working).await;
            }
        }
        term.caught_up.lower();
        measure::leads(false);
        tracing::info!("not leading");
    }
}

/// Waits until leadership is as asked for; false if it never will be again.
async fn turns(leads: &mut watch::Receiver<bool>, to: bool) -> bool {
    leads.wait_for(|leads| *leads == to).await.is_ok()
}
