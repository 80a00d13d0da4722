//! Who works, of several replicas: whoever holds the Lease. The same rules as other controllers keep (client-go): a holder
//! renews; another takes over when it has seen no renewal for the whole duration by its own clock; a holder that could not
//! renew stops working well before that.

use std::{sync::Arc, time::Duration};

use k8s_openapi::{
    api::coordination::v1::{Lease, LeaseSpec},
    apimachinery::pkg::apis::meta::v1::MicroTime,
};
use kernel::Clock;
use kube::{Api, Client, api::PostParams};
use tokio::{sync::watch, time::Instant};
use tokio_util::sync::CancellationToken;

use crate::Flag;

/// The Lease, and who asks for it.
#[derive(Clone)]
pub struct Candidate {
    /// The Leases of the operator's own namespace.
    pub leases: Api<Lease>,
    pub name: String,
    /// Who asks: the pod's name.
    pub identity: String,
    /// How long a Lease holds without renewal.
    pub duration: Duration,
    /// The machine's clock, which others read in the Lease but none goes by.
    pub clock: Arc<dyn Clock>,
    /// Raised once the API server has answered.
    pub answered: Flag,
}

/// The Lease as it was seen last, and since when it has looked like that.
struct Seen {
    lease: Option<LeaseSpec>,
    since: Instant,
}

impl Candidate {
    /// Asks for the Leases of a namespace.
    #[must_use]
    pub fn leases(client: Client, namespace: &str) -> Api<Lease> {
        Api::namespaced(client, namespace)
    }

    /// Stands for election until `stop`, then gives the Lease back.
    pub async fn stand(self, leading: watch::Sender<bool>, stop: CancellationToken) {
        let mut seen = Seen { lease: None, since: Instant::now() };
        let mut renewed: Option<Instant> = None;
        // A third for each try, so that one may fail; two thirds until a holder that can't renew stops working.
        let (pause, deadline) = (self.duration / 5, self.duration * 2 / 3);
        while !stop.is_cancelled() {
            let asked = Instant::now();
            match tokio::time::timeout(self.duration / 3, self.attempt(&mut seen)).await {
                Ok(Ok(true)) => renewed = Some(asked),
                Ok(Ok(false)) => renewed = None,
                Ok(Err(error)) => tracing::warn!(error = %error, "the lease could not be asked for"),
                Err(_) => tracing::warn!("the API server does not answer in time for the lease"),
            }
            let leads = renewed.is_some_and(|at| at.elapsed() < deadline);
            leading.send_if_modified(|now| std::mem::replace(now, leads) != leads);
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                () = stop.cancelled() => {}
            }
        }
        leading.send_replace(false);
    }

    /// Takes or renews the Lease if that may be; answers whether it is ours now.
    async fn attempt(&self, seen: &mut Seen) -> kube::Result<bool> {
        let found = self.leases.get_opt(&self.name).await?;
        self.answered.raise();
        let now = MicroTime(self.clock.now());
        let Some(mut lease) = found else {
            let mut lease = Lease::default();
            lease.metadata.name = Some(self.name.clone());
            lease.spec = Some(self.ours(None, now));
            return won(self.leases.create(&PostParams::default(), &lease).await);
        };
        let before = lease.spec.clone().unwrap_or_default();
        if seen.lease.as_ref() != Some(&before) {
            *seen = Seen { lease: Some(before.clone()), since: Instant::now() };
        }
        let holder = before.holder_identity.clone().unwrap_or_default();
        let is_free = holder.is_empty() || seen.since.elapsed() >= self.duration;
        if holder != self.identity && !is_free {
            return Ok(false);
        }
        lease.spec = Some(self.ours(Some(before), now));
        // Replaced under its version: of two that take it at once, one is refused.
        won(self.leases.replace(&self.name, &PostParams::default(), &lease).await)
    }

    fn ours(&self, before: Option<LeaseSpec>, now: MicroTime) -> LeaseSpec {
        let before = before.unwrap_or_default();
        let was_ours = before.holder_identity.as_ref() == Some(&self.identity);
        LeaseSpec {
            holder_identity: Some(self.identity.clone()),
            lease_duration_seconds: i32::try_from(self.duration.as_secs().max(1)).ok(),
            acquire_time: if was_ours { before.acquire_time } else { Some(now.clone()) },
            renew_time: Some(now),
            lease_transitions: Some(before.lease_transitions.unwrap_or(0) + i32::from(!was_ours)),
            ..LeaseSpec::default()
        }
    }

    /// Gives the Lease back, so that the next does not wait for its end. To be called once nothing is worked on any more.
    pub async fn resign(&self) {
        let Ok(Some(mut lease)) = self.leases.get_opt(&self.name).await else { return };
        let Some(spec) = lease.spec.as_mut().filter(|spec| spec.holder_identity.as_ref() == Some(&self.identity))
        else {
            return;
        };
        spec.holder_identity = Some(String::new());
        spec.renew_time = Some(MicroTime(self.clock.now()));
        // Refused or lost, the Lease simply runs out.
        let _ = self.leases.replace(&self.name, &PostParams::default(), &lease).await;
    }
}

fn won(outcome: kube::Result<Lease>) -> kube::Result<bool> {
    match outcome {
        Err(kube::Error::Api(status)) if status.code == 409 => Ok(false),
        other => other.map(|_| true),
    }
}
