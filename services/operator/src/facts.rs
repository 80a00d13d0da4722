//! What the operator found: everything that a decision rests on, in one value.

use std::collections::BTreeMap;

use jiff::Timestamp;
use kube::core::DynamicObject;

/// The state of the world around one province at one instant.
#[derive(Clone, Debug)]
pub struct Facts {
    pub now: Timestamp,
    /// The workloads of the release by component.
    pub workloads: BTreeMap<String, Workload>,
    /// The autoscalers that this operator made for the province.
    pub own_autoscalers: Vec<DynamicObject>,
    /// Names of autoscalers of somebody else by the Deployment that they scale.
    pub foreign_autoscalers: BTreeMap<String, String>,
    /// The name of a migration Job that runs.
    pub migration: Option<String>,
    /// Messages that wait by component, or why nobody knows.
    pub backlog: Result<BTreeMap<String, u64>, String>,
    /// Another province that has the same release in hand.
    pub rival: Option<String>,
}

/// One Deployment of the release.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Workload {
    pub deployment: String,
    /// Replicas that it is to have.
    pub replicas: u32,
    /// Replicas that take work.
    pub ready: u32,
    /// Whether all replicas are of the newest template and ready.
    pub settled: bool,
    /// Pods that its disruption budget wants to see, where that is a number.
    pub budget: Option<u32>,
    /// Whether its disruption budget admits one to go; true without one.
    pub may_disrupt: bool,
}
