//! The operator's metrics. All begin with `tandem_operator_`; `province` is the code, as in the metrics of the services, and
//! `namespace` that of the resource.

use std::time::Instant;

use kube::ResourceExt as _;

use crate::{
    apply::Happening,
    domain::Plan,
    facts::Facts,
    resource::{DecisionRecord, Province, ProvinceStatus, State},
};

pub struct Timer(String, Instant);

impl Timer {
    #[must_use]
    pub fn start(province: &Province) -> Self {
        Self(province.spec.code.clone(), Instant::now())
    }

    /// Ends, well or not.
    pub fn stop(self, well: bool) {
        let outcome = if well { "ok" } else { "error" };
        metrics::counter!("tandem_operator_reconciles_total", "province" => self.0.clone(), "outcome" => outcome)
            .increment(1);
        metrics::histogram!("tandem_operator_reconcile_seconds", "province" => self.0).record(self.1.elapsed());
    }
}

pub fn leads(leading: bool) {
    metrics::gauge!("tandem_operator_leader").set(if leading { 1.0 } else { 0.0 });
}

/// How many messages wait for each component that has a target.
pub fn backlog(province: &Province, plan: &Plan, facts: &Facts) {
    let (code, namespace) = of(province);
    let Ok(backlog) = &facts.backlog else { return };
    for (name, _) in plan.components.iter().filter(|(_, of)| of.messages_per_replica.is_some()) {
        let messages = backlog.get(name).copied().unwrap_or(0);
        #[expect(clippy::cast_precision_loss, reason = "a gauge is a float; no queue is that long")]
        metrics::gauge!(
            "tandem_operator_backlog_messages",
            "province" => code.clone(), "namespace" => namespace.clone(), "component" => name.clone(),
        )
        .set(messages as f64);
    }
}

/// The state of a province, 1 for the one that it is in, and the replicas of its components.
pub fn status(province: &Province, status: &ProvinceStatus) {
    let (code, namespace) = of(province);
    state(province, Some(status.state));
    for of in &status.components {
        metrics::gauge!(
            "tandem_operator_min_replicas",
            "province" => code.clone(), "namespace" => namespace.clone(), "component" => of.name.clone(),
        )
        .set(of.min_replicas);
        metrics::gauge!(
            "tandem_operator_max_replicas",
            "province" => code.clone(), "namespace" => namespace.clone(), "component" => of.name.clone(),
        )
        .set(of.max_replicas);
        metrics::gauge!(
            "tandem_operator_ready_replicas",
            "province" => code.clone(), "namespace" => namespace.clone(), "component" => of.name.clone(),
        )
        .set(of.ready_replicas);
    }
}

pub fn decided(province: &Province, record: &DecisionRecord) {
    let (code, namespace) = of(province);
    metrics::counter!(
        "tandem_operator_decisions_total",
        "province" => code, "namespace" => namespace, "component" => record.component.clone(),
        "reason" => record.reason.clone(),
    )
    .increment(1);
}

/// Something that was done, healed drift above all.
pub fn happened(province: &Province, happening: &Happening) {
    let (code, namespace) = of(province);
    metrics::counter!(
        "tandem_operator_happenings_total",
        "province" => code, "namespace" => namespace, "what" => happening.code,
    )
    .increment(1);
}

/// A province that is gone is in no state.
pub fn forget(province: &Province) {
    state(province, None);
}

fn state(province: &Province, state: Option<State>) {
    let (code, namespace) = of(province);
    for each in State::ALL {
        let value = if state == Some(each) { 1.0 } else { 0.0 };
        metrics::gauge!(
            "tandem_operator_state",
            "province" => code.clone(), "namespace" => namespace.clone(), "state" => each.name(),
        )
        .set(value);
    }
}

fn of(province: &Province) -> (String, String) {
    (province.spec.code.clone(), province.namespace().unwrap_or_default())
}
