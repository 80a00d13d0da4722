//! What the operator answers. It is also its memory: whoever leads next goes on from here.

use jiff::Timestamp;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::Condition;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

/// How a province is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct ProvinceStatus {
    /// The generation of the declaration that this status answers.
    pub observed_generation: Option<i64>,
    /// The release that the operator took in hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub release: Option<String>,
    /// The whole in one word.
    pub state: State,
    /// Ready replicas of those that are wanted, such as `14/14`.
    pub ready: String,
    /// The peak window in force, lead time included.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub peak: Option<String>,
    /// The next peak window and the day on which it begins, such as `autumn 2027-08-15`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_peak: Option<String>,
    /// Why the state is what it is, for people.
    pub summary: String,
    /// Each component.
    #[schemars(extend("x-kubernetes-list-type" = "map", "x-kubernetes-list-map-keys" = ["name"]))]
    pub components: Vec<ComponentStatus>,
    /// The last decisions, newest first.
    pub decisions: Vec<DecisionRecord>,
    /// What holds and what does not.
    #[schemars(schema_with = "conditions")]
    pub conditions: Vec<Condition>,
}

/// A province in one word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum State {
    /// Not all replicas are there yet.
    #[default]
    Progressing,
    /// All is as declared.
    Ready,
    /// A person asked that nothing be changed.
    Paused,
    /// Nothing is scaled for the time being.
    Holding,
    /// Something is missing or in the way.
    Degraded,
    /// The declaration does not hold together.
    Invalid,
}

impl State {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Progressing, Self::Ready, Self::Paused, Self::Holding, Self::Degraded, Self::Invalid];

    /// As it is written.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Progressing => "Progressing",
            Self::Ready => "Ready",
            Self::Paused => "Paused",
            Self::Holding => "Holding",
            Self::Degraded => "Degraded",
            Self::Invalid => "Invalid",
        }
    }
}

/// One component.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ComponentStatus {
    /// Its name.
    pub name: String,
    /// Replicas that are wanted by its workload now.
    pub replicas: u32,
    /// Replicas that take work.
    pub ready_replicas: u32,
    /// The lower bound that the operator applied last.
    pub min_replicas: u32,
    /// The upper bound that the operator applied last.
    pub max_replicas: u32,
    /// Why the lower bound is what it is.
    pub reason: String,
    /// When the lower bound was changed last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>", extend("format" = "date-time"))]
    pub changed_at: Option<Timestamp>,
    /// Since when less would be enough, if so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>", extend("format" = "date-time"))]
    pub calm_since: Option<Timestamp>,
}

/// One decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DecisionRecord {
    /// When.
    #[schemars(with = "String", extend("format" = "date-time"))]
    pub time: Timestamp,
    /// Of which component.
    pub component: String,
    /// The lower bound before.
    pub from: u32,
    /// The lower bound after.
    pub to: u32,
    /// Why, as a code.
    pub reason: String,
    /// Why, for people.
    pub message: String,
}

/// The schema of the conditions, which the Kubernetes types bring only with a feature that doubles their build.
fn conditions(_: &mut SchemaGenerator) -> Schema {
    json_schema!({
        "type": "array",
        "x-kubernetes-list-type": "map",
        "x-kubernetes-list-map-keys": ["type"],
        "items": {
            "type": "object",
            "required": ["type", "status", "reason", "message", "lastTransitionTime"],
            "properties": {
                "type": { "type": "string" },
                "status": { "type": "string", "enum": ["True", "False", "Unknown"] },
                "reason": { "type": "string" },
                "message": { "type": "string" },
                "observedGeneration": { "type": "integer", "format": "int64" },
                "lastTransitionTime": { "type": "string", "format": "date-time" },
            },
        },
    })
}
