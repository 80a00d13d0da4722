//! The operator's metrics. All begin with `tandem_operator_`.

use std::time::Instant;

use kube::ResourceExt as _;

use crate::{
    apply::Happening,
    domain::Plan,
    facts::Facts,
    resource::{DecisionRecord, Province, State},
};

/// Times one look.
pub struct Timer(String, Instant);

impl Timer {
    /// Begins.
    #[must_use]
    pub fn start(province: String) -> Self {
        Self(province, Instant::now())
    }

    /// Ends, well or not.
    pub fn stop(self, well: bool) {
        let outcome = if well { "ok" } else { "error" };
        metrics::counter!("tandem_operator_reconciles_total", "province" => self.0.clone(), "outcome" => outcome)
            .increment(1);
        metrics::histogram!("tandem_operator_reconcile_seconds", "province" => self.0).record(self.1.elapsed());
    }
}

/// Whether this process leads.
pub fn leads(leading: bool) {
    metrics::gauge!("tandem_operator_leader").set(if leading { 1.0 } else { 0.0 });
}

/// What is seen of each component.
pub fn seen(province: &Province, plan: &Plan, facts: &Facts) {
    let labels = |component: &str| [("province", province.name_any()), ("component", component.to_owned())];
    for (name, component) in &plan.components {
        if let Some(workload) = facts.workloads.get(name) {
            metrics::gauge!("tandem_operator_ready_replicas", &labels(name)).set(workload.ready);
        }
        if let (Some(_), Ok(backlog)) = (component.messages_per_replica, &facts.backlog) {
            let messages = backlog.get(name).copied().unwrap_or(0);
            #[expect(clippy::cast_precision_loss, reason = "a gauge is a float; no queue is that long")]
            metrics::gauge!("tandem_operator_backlog_messages", &labels(name)).set(messages as f64);
        }
    }
}

/// A decision.
pub fn decided(province: &Province, record: &DecisionRecord) {
    let labels = [("province", province.name_any()), ("component", record.component.clone())];
    metrics::gauge!("tandem_operator_min_replicas", &labels).set(record.to);
    let [name, component] = labels;
    metrics::counter!("tandem_operator_decisions_total", &[name, component, ("reason", record.reason.clone())])
        .increment(1);
}

/// Something that was done, healed drift above all.
pub fn happened(province: &Province, happening: &Happening) {
    metrics::counter!("tandem_operator_happenings_total", "province" => province.name_any(), "what" => happening.code)
        .increment(1);
}

/// The state of a province: 1 for the one that it is in.
pub fn state(province: &Province, state: State) {
    for each in State::ALL {
        let value = if each == state { 1.0 } else { 0.0 };
        metrics::gauge!("tandem_operator_state", "province" => province.name_any(), "state" => each.name()).set(value);
    }
}

/// A province that is gone is in no state.
pub fn forget(province: &Province) {
    for each in State::ALL {
        metrics::gauge!("tandem_operator_state", "province" => province.name_any(), "state" => each.name()).set(0.0);
    }
}
