//! What is built from plan, facts and memory: pure, so it is told by facts.

use std::collections::BTreeMap;

use jiff::Timestamp;
use kube::core::{ApiResource, GroupVersionKind};
use operator::{
    build::{Desired, Origin, build},
    domain::{Hold, Memory, Reason},
    facts::{Facts, Workload},
    resource::{Province, ProvinceStatus, State},
    status,
    validate::validate,
};
use serde_json::{Value, json};

use crate::declarations;

const QUIET: &str = "2027-05-10T12:00:00Z";
const PEAK: &str = "2027-08-20T12:00:00Z";

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn facts(now: &str) -> Facts {
    let workload = |name: &str, replicas: u32| {
        let deployment = format!("tandem-qc-{name}");
        let workload =
            Workload { deployment, replicas, ready: replicas, settled: true, budget: None, may_disrupt: true };
        (name.to_owned(), workload)
    };
    Facts {
        now: at(now),
        workloads: BTreeMap::from([workload("gateway", 2), workload("notification", 1)]),
        own_autoscalers: Vec::new(),
        foreign_autoscalers: BTreeMap::new(),
        migration: None,
        backlog: Ok(BTreeMap::from([("notification".into(), 0)])),
        rival: None,
    }
}

fn province(change: impl FnOnce(&mut Value)) -> Province {
    declarations::province(declarations::spec(change))
}

fn built(province: &Province, facts: &Facts) -> Desired {
    let plan = validate(province).unwrap();
    build(&plan, facts, &status::memories(province), &origin())
}

fn status_of(province: &Province, facts: &Facts) -> ProvinceStatus {
    let plan = validate(province).unwrap();
    status::of_plan(province, &plan, facts, &built(province, facts))
}

fn origin() -> Origin {
    Origin {
        name: "quebec".into(),
        namespace: "tandem-qc".into(),
        owner: serde_json::from_value(
            json!({ "apiVersion": "tandem.health/v1alpha1", "kind": "Province", "name": "quebec", "uid": "1" }),
        )
        .unwrap(),
        autoscaling: ApiResource::from_gvk(&GroupVersionKind::gvk("autoscaling", "v2", "HorizontalPodAutoscaler")),
    }
}

fn bounds(desired: &Desired, component: &str) -> (u64, u64) {
    let autoscaler = desired.autoscalers.iter().find(|of| of.component == component).unwrap();
    let spec = &autoscaler.object.data["spec"];
    (spec["minReplicas"].as_u64().unwrap(), spec["maxReplicas"].as_u64().unwrap())
}

#[test]
fn a_component_gets_one_autoscaler_which_is_exactly_this() {
    let desired = built(&province(|_| {}), &facts(QUIET));
    let object = serde_json::to_value(&desired.autoscalers[0].object).unwrap();
    let expected = json!({
        "apiVersion": "autoscaling/v2",
        "kind": "HorizontalPodAutoscaler",
        "metadata": {
            "name": "tandem-qc-gateway",
            "namespace": "tandem-qc",
            "labels": {
                "app.kubernetes.io/component": "gateway",
                "app.kubernetes.io/instance": "tandem-qc",
                "app.kubernetes.io/managed-by": "tandem-operator",
                "app.kubernetes.io/part-of": "tandem",
                "tandem.health/declared-by": "quebec",
                "tandem.health/province": "qc",
            },
            "ownerReferences": [
                { "apiVersion": "tandem.health/v1alpha1", "kind": "Province", "name": "quebec", "uid": "1" },
            ],
        },
        "spec": {
            "scaleTargetRef": { "apiVersion": "apps/v1", "kind": "Deployment", "name": "tandem-qc-gateway" },
            "minReplicas": 2,
            "maxReplicas": 8,
            "metrics": [{ "type": "Resource", "resource": {
                "name": "cpu", "target": { "type": "Utilization", "averageUtilization": 70 },
            } }],
            "behavior": {
                "scaleUp": {
                    "stabilizationWindowSeconds": 0,
                    "selectPolicy": "Max",
                    "policies": [
                        { "type": "Percent", "value": 100, "periodSeconds": 15 },
                        { "type": "Pods", "value": 4, "periodSeconds": 15 },
                    ],
                },
                "scaleDown": {
                    "stabilizationWindowSeconds": 600,
                    "selectPolicy": "Max",
                    "policies": [{ "type": "Pods", "value": 1, "periodSeconds": 60 }],
                },
            },
        },
    });
    assert_eq!(object, expected);
}

#[test]
fn the_calendar_raises_the_lower_bound_of_the_components_that_it_names() {
    let desired = built(&province(|_| {}), &facts(PEAK));
    assert_eq!(bounds(&desired, "gateway"), (5, 8));
    assert_eq!(bounds(&desired, "notification"), (1, 6));
    assert_eq!(desired.raises, [("tandem-qc-gateway".to_owned(), 5)]);
}

#[test]
fn a_backlog_raises_its_consumer_and_never_beyond_the_ceiling() {
    let mut facts = facts(QUIET);
    facts.backlog = Ok(BTreeMap::from([("notification".into(), 250)]));
    assert_eq!(bounds(&built(&province(|_| {}), &facts), "notification"), (3, 6));
    facts.backlog = Ok(BTreeMap::from([("notification".into(), 99_999)]));
    assert_eq!(bounds(&built(&province(|_| {}), &facts), "notification"), (6, 6));
}

#[test]
fn during_a_migration_the_bounds_stay_and_the_autoscalers_stand_still() {
    let mut province = province(|_| {});
    province.status = Some(status_of(&province, &facts(QUIET)));
    let mut during = facts(PEAK);
    during.migration = Some("tandem-qc-migrate".into());
    let desired = built(&province, &during);
    assert_eq!(desired.hold, Some(Hold::Migration("tandem-qc-migrate".into())));
    assert_eq!(bounds(&desired, "gateway"), (2, 8));
    for direction in ["scaleUp", "scaleDown"] {
        let behavior = &desired.autoscalers[0].object.data["spec"]["behavior"][direction];
        assert_eq!(behavior["selectPolicy"], "Disabled");
    }
    assert_eq!(desired.raises, []);
    let status = status_of(&province, &during);
    assert_eq!(status.state, State::Holding);
    assert!(status.summary.contains("tandem-qc-migrate"), "{}", status.summary);
}

#[test]
fn maintenance_holds_from_its_beginning_to_its_end() {
    let province = province(|spec| {
        spec["maintenance"] = json!({ "from": "2027-05-10T12:00:00Z", "to": "2027-05-10T14:00:00Z" });
    });
    let hold = |now: &str| built(&province, &facts(now)).hold;
    assert_eq!(hold("2027-05-10T11:59:59Z"), None);
    assert_eq!(hold("2027-05-10T12:00:00Z"), Some(Hold::Maintenance));
    assert_eq!(hold("2027-05-10T14:00:00Z"), None);
}

#[test]
fn a_paused_province_is_left_as_it_is_and_only_reported() {
    let province = province(|spec| spec["paused"] = json!(true));
    let desired = built(&province, &facts(PEAK));
    assert!(desired.autoscalers.is_empty() && desired.raises.is_empty() && desired.removals.is_empty());
    assert_eq!(status_of(&province, &facts(PEAK)).state, State::Paused);
}

#[test]
fn what_somebody_else_scales_is_left_to_them_and_reported() {
    let mut facts = facts(QUIET);
    facts.foreign_autoscalers = BTreeMap::from([("tandem-qc-gateway".into(), "by-hand".into())]);
    let desired = built(&province(|_| {}), &facts);
    assert_eq!(desired.autoscalers.len(), 1);
    let status = status_of(&province(|_| {}), &facts);
    assert_eq!(status.state, State::Degraded);
    assert!(status.summary.contains("by-hand"), "{}", status.summary);
}

#[test]
fn a_broker_that_does_not_answer_takes_nothing_away_and_is_reported() {
    let mut province = province(|_| {});
    let mut facts = facts(QUIET);
    facts.backlog = Ok(BTreeMap::from([("notification".into(), 350)]));
    province.status = Some(status_of(&province, &facts));
    facts.backlog = Err("connection refused".into());
    facts.now = at("2027-05-10T18:00:00Z");
    let desired = built(&province, &facts);
    assert_eq!(bounds(&desired, "notification"), (4, 6));
    assert_eq!(desired.decisions["notification"].reason, Reason::BacklogUnknown);
    assert_eq!(status_of(&province, &facts).state, State::Degraded);
}

#[test]
fn a_component_that_is_declared_no_more_loses_its_autoscaler() {
    let mut facts = facts(QUIET);
    let both = built(&province(|_| {}), &facts);
    facts.own_autoscalers = both.autoscalers.into_iter().map(|of| of.object).collect();
    let without = province(|spec| drop(spec["components"].as_object_mut().unwrap().remove("notification")));
    assert_eq!(built(&without, &facts).removals, ["tandem-qc-notification"]);
}

#[test]
fn a_status_tells_what_a_person_wants_to_know() {
    let province = province(|spec| spec["locales"] = json!(["en"]));
    let mut facts = facts(PEAK);
    facts.workloads.get_mut("notification").unwrap().ready = 0;
    let status = status_of(&province, &facts);
    assert_eq!((status.state, status.ready.as_str()), (State::Progressing, "2/6"));
    assert_eq!(status.peak.as_deref(), Some("autumn"));
    assert_eq!(status.next_peak.as_deref(), Some("autumn 2028-08-15"));
    let decision = &status.decisions[0];
    assert_eq!((decision.component.as_str(), decision.from, decision.to), ("gateway", 0, 5));
    assert_eq!(decision.message, "The peak window autumn is in force or about to begin.");
    let kinds: Vec<_> = status.conditions.iter().map(|of| (of.type_.as_str(), of.status.as_str())).collect();
    assert_eq!(
        kinds,
        [("Ready", "False"), ("Valid", "True"), ("Paused", "False"), ("Holding", "False"), ("Degraded", "False")]
    );
}

#[test]
fn a_look_that_finds_nothing_new_leaves_the_status_as_it_is() {
    let mut province = province(|_| {});
    province.status = Some(status_of(&province, &facts(QUIET)));
    let mut later = facts(QUIET);
    later.now = at("2027-05-10T13:00:00Z");
    assert_eq!(province.status, Some(status_of(&province, &later)));
}

#[test]
fn what_is_remembered_is_what_the_status_says() {
    let mut province = province(|_| {});
    province.status = Some(status_of(&province, &facts(PEAK)));
    let memory = Memory { min: 5, changed_at: Some(at(PEAK)), calm_since: None };
    assert_eq!(status::memories(&province)["gateway"], memory);
}
