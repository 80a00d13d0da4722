//! The conditions of a province, and what changes them.

use jiff::Timestamp;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::{Condition, Time};

/// Everything is as declared: the bounds are applied, and each component has its replicas ready.
pub const READY: &str = "Ready";
/// The declaration holds together.
pub const VALID: &str = "Valid";
/// A person asked that nothing be changed.
pub const PAUSED: &str = "Paused";
/// Nothing is scaled for the time being: a migration runs, or there is maintenance.
pub const HOLDING: &str = "Holding";
/// Something that the operator needs is missing or in its way.
pub const DEGRADED: &str = "Degraded";

/// All of them, in the order in which they are listed.
pub const ALL: [&str; 5] = [READY, VALID, PAUSED, HOLDING, DEGRADED];

/// What one condition says now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// One of [`ALL`].
    pub kind: &'static str,
    /// Whether it holds.
    pub holds: bool,
    /// Why, as a code.
    pub reason: &'static str,
    /// Why, for people.
    pub message: String,
}

/// The conditions that follow from `before` and what is found now: the time of a transition stays while the status does.
#[must_use]
pub fn transition(before: &[Condition], found: &[Finding], generation: Option<i64>, now: Timestamp) -> Vec<Condition> {
    let next = |finding: &Finding| {
        let status = if finding.holds { "True" } else { "False" };
        let same = before.iter().find(|c| c.type_ == finding.kind && c.status == status);
        Condition {
            type_: finding.kind.into(),
            status: status.into(),
            reason: finding.reason.into(),
            message: finding.message.clone(),
            observed_generation: generation,
            last_transition_time: same.map_or(Time(now), |c| c.last_transition_time.clone()),
        }
    };
    found.iter().map(next).collect()
}
