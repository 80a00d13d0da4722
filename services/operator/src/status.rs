//! The fifth step: what is so is told, in the status. Pure; writing it is the reconciler's.

use std::collections::BTreeMap;

use kernel::Locale;

use crate::{
    build::Desired,
    domain::{Memory, Plan, calendar},
    facts::Facts,
    resource::{
        ComponentStatus, DecisionRecord, Province, ProvinceStatus, State,
        conditions::{self, Finding},
    },
    texts::{text, why},
    validate::Fault,
};

/// How many decisions are kept.
const KEPT_DECISIONS: usize = 10;

/// What is remembered of each component, from the status that was written last.
#[must_use]
pub fn memories(province: &Province) -> BTreeMap<String, Memory> {
    let components = province.status.iter().flat_map(|status| &status.components);
    let memory =
        |of: &ComponentStatus| Memory { min: of.min_replicas, changed_at: of.changed_at, calm_since: of.calm_since };
    components.map(|of| (of.name.clone(), memory(of))).collect()
}

/// The decisions that change something, as they are recorded.
#[must_use]
pub fn decisions(plan: &Plan, facts: &Facts, desired: &Desired) -> Vec<DecisionRecord> {
    let changed = desired.decisions.iter().filter_map(|(name, of)| Some((name, of, of.changed_from?)));
    let record = |(name, of, from): (&String, &crate::domain::Decision, u32)| DecisionRecord {
        time: facts.now,
        component: name.clone(),
        from,
        to: of.memory.min,
        reason: of.reason.code().into(),
        message: why(plan.locale, &of.reason),
    };
    changed.map(record).collect()
}

/// The status of a province whose declaration holds together.
#[must_use]
pub fn of_plan(province: &Province, plan: &Plan, facts: &Facts, desired: &Desired) -> ProvinceStatus {
    let before = province.status.clone().unwrap_or_default();
    let components: Vec<_> = plan.components.keys().filter_map(|name| component(plan, facts, desired, name)).collect();
    let mut recorded = decisions(plan, facts, desired);
    recorded.extend(before.decisions);
    recorded.truncate(KEPT_DECISIONS);
    let findings = findings(plan, facts, desired, &components);
    let state = state(&findings);
    let (ready, wanted) = components
        .iter()
        .fold((0, 0), |(ready, wanted), of| (ready + of.ready_replicas, wanted + of.replicas.max(of.min_replicas)));
    ProvinceStatus {
        observed_generation: province.metadata.generation,
        release: Some(plan.release.clone()),
        state,
        ready: format!("{ready}/{wanted}"),
        peak: some(calendar::in_force(&plan.peaks, facts.now, &plan.zone).collect::<Vec<_>>().join(", ")),
        next_peak: calendar::next(&plan.peaks, facts.now, &plan.zone).map(|(name, day)| format!("{name} {day}")),
        summary: summary(&findings, state),
        components,
        decisions: recorded,
        conditions: conditions::transition(&before.conditions, &findings, province.metadata.generation, facts.now),
    }
}

/// The status of a province whose declaration does not hold together: what was applied before stays applied.
#[must_use]
pub fn of_faults(province: &Province, locale: Locale, faults: &[Fault], now: jiff::Timestamp) -> ProvinceStatus {
    let before = province.status.clone().unwrap_or_default();
    let message = crate::texts::faults(locale, faults);
    let findings = [
        finding(conditions::READY, false, "Invalid", message.clone()),
        finding(conditions::VALID, false, "Invalid", message.clone()),
    ];
    ProvinceStatus {
        observed_generation: province.metadata.generation,
        state: State::Invalid,
        summary: message,
        conditions: conditions::transition(&before.conditions, &findings, province.metadata.generation, now),
        ..before
    }
}

/// The same status with the word that applying it failed.
#[must_use]
pub fn with_failure(
    mut status: ProvinceStatus,
    province: &Province,
    error: &str,
    now: jiff::Timestamp,
) -> ProvinceStatus {
    let before = province.status.as_ref().map(|status| status.conditions.clone()).unwrap_or_default();
    let failed = finding(conditions::DEGRADED, true, "ApplyFailed", error.to_owned());
    let failed = conditions::transition(&before, &[failed], province.metadata.generation, now);
    status.conditions.retain(|condition| condition.type_ != conditions::DEGRADED);
    status.conditions.extend(failed);
    (status.state, status.summary) = (State::Degraded, error.to_owned());
    // Nothing was decided as long as it is not applied.
    let old = province.status.clone().unwrap_or_default();
    (status.components, status.decisions) = (old.components, old.decisions);
    status
}

fn component(plan: &Plan, facts: &Facts, desired: &Desired, name: &str) -> Option<ComponentStatus> {
    let (decision, workload) = (desired.decisions.get(name)?, facts.workloads.get(name)?);
    Some(ComponentStatus {
        name: name.to_owned(),
        replicas: workload.replicas,
        ready_replicas: workload.ready,
        min_replicas: decision.memory.min,
        max_replicas: plan.components.get(name)?.bounds.ceiling,
        reason: decision.reason.code().into(),
        changed_at: decision.memory.changed_at,
        calm_since: decision.memory.calm_since,
    })
}

fn findings(plan: &Plan, facts: &Facts, desired: &Desired, components: &[ComponentStatus]) -> Vec<Finding> {
    let say = |key: &str, value: &str| text(plan.locale, key, value);
    let lagging = |of: &&ComponentStatus| of.ready_replicas < of.min_replicas.max(1) || of.ready_replicas < of.replicas;
    let lagging: Vec<_> = components.iter().filter(lagging).map(|of| of.name.as_str()).collect();
    let absent: Vec<_> = plan.components.keys().filter(|name| !facts.workloads.contains_key(*name)).cloned().collect();
    let ready = if !absent.is_empty() {
        finding(conditions::READY, false, "ReleaseAbsent", say("release-absent", &absent.join(", ")))
    } else if lagging.is_empty() {
        finding(conditions::READY, true, "AllReady", say("all-ready", ""))
    } else {
        finding(conditions::READY, false, "Progressing", say("progressing", &lagging.join(", ")))
    };
    let none = || say("none", "");
    let paused = if plan.paused { ("Paused", say("paused", "")) } else { ("Active", none()) };
    let holding = match desired.hold.clone().map(crate::domain::Reason::Held) {
        Some(reason) => finding(conditions::HOLDING, true, reason.code(), why(plan.locale, &reason)),
        None => finding(conditions::HOLDING, false, "NotHeld", none()),
    };
    vec![
        ready,
        finding(conditions::VALID, true, "Valid", none()),
        finding(conditions::PAUSED, plan.paused, paused.0, paused.1),
        holding,
        degraded(plan, facts),
    ]
}

fn degraded(plan: &Plan, facts: &Facts) -> Finding {
    let say = |key: &str, value: &str| text(plan.locale, key, value);
    let workloads = plan.components.keys().filter_map(|name| facts.workloads.get(name));
    let foreign: Vec<_> =
        workloads.filter_map(|of| facts.foreign_autoscalers.get(&of.deployment)).map(String::as_str).collect();
    let found = |reason, message| finding(conditions::DEGRADED, true, reason, message);
    if let Some(rival) = &facts.rival {
        found("ReleaseTaken", say("rival", rival))
    } else if !foreign.is_empty() {
        found("ForeignAutoscaler", say("foreign-autoscaler", &foreign.join(", ")))
    } else if let Err(error) = &facts.backlog {
        found("BrokerUnreachable", say("broker-unreachable", error))
    } else {
        finding(conditions::DEGRADED, false, "Sound", say("none", ""))
    }
}

/// The first of these that holds is what a person wants to know.
fn state(findings: &[Finding]) -> State {
    let holds = |kind| findings.iter().any(|finding| finding.kind == kind && finding.holds);
    match () {
        () if holds(conditions::PAUSED) => State::Paused,
        () if holds(conditions::DEGRADED) => State::Degraded,
        () if holds(conditions::HOLDING) => State::Holding,
        () if holds(conditions::READY) => State::Ready,
        () => State::Progressing,
    }
}

fn summary(findings: &[Finding], state: State) -> String {
    let kind = match state {
        State::Paused => conditions::PAUSED,
        State::Degraded => conditions::DEGRADED,
        State::Holding => conditions::HOLDING,
        State::Invalid => conditions::VALID,
        State::Ready | State::Progressing => conditions::READY,
    };
    findings.iter().find(|finding| finding.kind == kind).map(|finding| finding.message.clone()).unwrap_or_default()
}

fn finding(kind: &'static str, holds: bool, reason: &'static str, message: String) -> Finding {
    Finding { kind, holds, reason, message }
}

fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}
