//! What a person declares. Every bound that can be said in the schema is said there, every relation between fields as a CEL
//! rule; [`crate::validate`] says the same again for API servers that know no CEL, and adds what CEL cannot know.

#![expect(clippy::duplicated_attributes, reason = "the columns of the definition share the names of their arguments")]

use std::collections::BTreeMap;

use jiff::Timestamp;
use kube::{CustomResource, KubeSchema};
use serde::{Deserialize, Serialize};

use super::ProvinceStatus;

/// One province: which release it is, between which bounds its components are scaled, and when more is needed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, CustomResource, KubeSchema)]
#[kube(
    group = "tandem.health",
    version = "v1alpha1",
    kind = "Province",
    plural = "provinces",
    shortname = "prov",
    category = "tandem",
    namespaced,
    status = "ProvinceStatus",
    derive = "PartialEq",
    doc = "A province's deployment of Tandem, scaled by calendar, by backlog and by CPU within bounds.",
    annotation("helm.sh/resource-policy", "keep"),
    printcolumn(name = "Code", type_ = "string", json_path = ".spec.code"),
    printcolumn(name = "Release", type_ = "string", json_path = ".spec.release"),
    printcolumn(name = "State", type_ = "string", json_path = ".status.state"),
    printcolumn(
        name = "Ready",
        type_ = "string",
        json_path = ".status.ready",
        description = "ready of wanted replicas"
    ),
    printcolumn(name = "Peak", type_ = "string", json_path = ".status.peak", description = "peak window in force"),
    printcolumn(name = "Next", type_ = "string", json_path = ".status.nextPeak", description = "the next peak window"),
    printcolumn(name = "Why", type_ = "string", json_path = ".status.summary", priority = 1),
    printcolumn(name = "Age", type_ = "date", json_path = ".metadata.creationTimestamp")
)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[x_kube(
    validation = Rule::new(
        "!has(self.peaks) || self.peaks.all(p, p.floors.all(c, c in self.components))"
    ).message("peaks: a floor names a component that is not among the components"),
    validation = Rule::new(
        "!has(self.peaks) || self.peaks.all(p, p.floors.all(c, !(c in self.components) || p.floors[c] <= self.components[c].ceiling))"
    ).message("peaks: a floor is above the ceiling of its component"),
    validation = Rule::new(
        "has(self.broker) || !self.components.exists(c, has(self.components[c].messagesPerReplica))"
    ).message("broker: required where a component has messagesPerReplica")
)]
pub struct ProvinceSpec {
    /// Two letters of the province or territory, in lower case. Cannot be changed.
    #[schemars(regex(pattern = r"^(ab|bc|mb|nb|nl|ns|nt|nu|on|pe|qc|sk|yt)$"))]
    #[x_kube(validation = Rule::new("self == oldSelf").message("code: cannot be changed"))]
    pub code: String,
    /// Languages that the province works in; the operator words its decisions in the first.
    #[schemars(length(min = 1, max = 2))]
    #[x_kube(merge_strategy = ListMerge::Set)]
    pub locales: Vec<Language>,
    /// IANA name of the time zone in which the dates of peak windows are meant, such as `America/Toronto`.
    #[schemars(length(min = 1, max = 64))]
    pub time_zone: String,
    /// The Helm release whose components are scaled: the label `app.kubernetes.io/instance` of its workloads. Cannot be changed.
    #[schemars(length(min = 1, max = 53), regex(pattern = r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?$"))]
    #[x_kube(validation = Rule::new("self == oldSelf").message("release: cannot be changed; delete the province and declare another"))]
    pub release: String,
    /// The components that are scaled, by their label `app.kubernetes.io/component`.
    #[schemars(extend("minProperties" = 1, "maxProperties" = 32))]
    pub components: BTreeMap<String, ComponentSpec>,
    /// Times of the year when more is needed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 12))]
    #[x_kube(merge_strategy = ListMerge::Map(vec!["name".into()]))]
    pub peaks: Vec<PeakSpec>,
    /// Where the lengths of the queues are read; required where a component has `messagesPerReplica`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub broker: Option<BrokerSpec>,
    /// How slowly replicas are taken away.
    #[serde(default)]
    pub scale_down: ScaleDownSpec,
    /// While true the operator changes nothing at all, and only reports.
    #[serde(default)]
    pub paused: bool,
    /// A time during which nothing is scaled in either direction, such as work on the database.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maintenance: Option<MaintenanceSpec>,
}

/// A language of the province.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    Fr,
    En,
}

/// Bounds and targets of one component.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, KubeSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[x_kube(validation = Rule::new("self.floor <= self.ceiling").message("floor: must not be above the ceiling"))]
pub struct ComponentSpec {
    /// Replicas that there are at least, at any time.
    #[schemars(range(min = 1, max = 200))]
    pub floor: u32,
    /// Replicas that there are at most, whatever happens.
    #[schemars(range(min = 1, max = 200))]
    pub ceiling: u32,
    /// Share of the requested CPU, in percent, beyond which replicas are added. Default 70.
    #[serde(default = "default_cpu_percent")]
    #[schemars(range(min = 10, max = 100))]
    pub cpu_percent: u32,
    /// Messages waiting in the component's queues (`<component>.*`) that one replica is expected to work off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 1_000_000))]
    pub messages_per_replica: Option<u32>,
}

const fn default_cpu_percent() -> u32 {
    70
}

/// A time of each year when more is needed, in the province's own time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, KubeSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[x_kube(validation = Rule::new(
    "[self.from, self.to].all(d, !(d in ['02-29', '02-30', '02-31', '04-31', '06-31', '09-31', '11-31']))"
).message("from, to: a day that every year has"))]
pub struct PeakSpec {
    /// What people call it, such as `autumn`.
    #[schemars(length(min = 1, max = 40), regex(pattern = r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?$"))]
    pub name: String,
    /// First day, `MM-DD`, from its first moment.
    #[schemars(length(max = 5), regex(pattern = r"^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"))]
    pub from: String,
    /// Last day, `MM-DD`, until its end; before `from` where the window passes New Year.
    #[schemars(length(max = 5), regex(pattern = r"^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"))]
    pub to: String,
    /// How long before the first moment the replicas are already there, in minutes. Default 60.
    #[serde(default = "default_lead_minutes")]
    #[schemars(range(min = 0, max = 20160))]
    pub lead_minutes: u32,
    /// Replicas that there are at least during the window, by component.
    #[schemars(extend("minProperties" = 1, "maxProperties" = 32), inner(range(min = 1, max = 200)))]
    pub floors: BTreeMap<String, u32>,
}

const fn default_lead_minutes() -> u32 {
    60
}

/// The management API of the province's RabbitMQ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, KubeSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[x_kube(validation = Rule::new(
    "!has(self.caSecret) || self.managementUrl.startsWith('https://')"
).message("caSecret: the address is not encrypted; it must begin with https://"))]
pub struct BrokerSpec {
    /// Its address inside the cluster, without path, such as `https://rabbitmq.tandem-qc.svc:15671`.
    #[schemars(length(max = 253), regex(pattern = r"^https?://[^/@\s]+$"))]
    pub management_url: String,
    /// The province's virtual host. Default `/`.
    #[serde(default = "default_vhost")]
    #[schemars(length(min = 1, max = 128))]
    pub vhost: String,
    /// Secret of the same namespace with a user that may monitor the virtual host.
    pub credentials_secret: CredentialsSecret,
    /// Secret of the same namespace with the authorities, one of which must have issued the certificate of an `https`
    /// address. Default none: those that browsers trust.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ca_secret: Option<CaSecret>,
}

fn default_vhost() -> String {
    "/".into()
}

/// Where user and password are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CredentialsSecret {
    /// Name of the secret.
    #[schemars(length(min = 1, max = 253))]
    pub name: String,
    /// Its key with the user's name. Default `username`.
    #[serde(default = "default_username_key")]
    pub username_key: String,
    /// Its key with the password. Default `password`.
    #[serde(default = "default_password_key")]
    pub password_key: String,
}

fn default_username_key() -> String {
    "username".into()
}

fn default_password_key() -> String {
    "password".into()
}

/// Where certificates of authorities are, in PEM.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CaSecret {
    /// Name of the secret.
    #[schemars(length(min = 1, max = 253))]
    pub name: String,
    /// Its key with the certificates. Default `ca.crt`.
    #[serde(default = "default_ca_key")]
    pub key: String,
}

fn default_ca_key() -> String {
    "ca.crt".into()
}

/// How slowly replicas are taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ScaleDownSpec {
    /// How long less must have been enough before the first replica goes, in seconds. Default 600.
    #[schemars(range(min = 0, max = 3600))]
    pub stabilization_seconds: u32,
    /// Seconds between one replica and the next; the time that a consumer has to finish what it holds. Default 60.
    #[schemars(range(min = 1, max = 1800))]
    pub step_seconds: u32,
}

impl Default for ScaleDownSpec {
    fn default() -> Self {
        Self { stabilization_seconds: 600, step_seconds: 60 }
    }
}

/// A time during which nothing is scaled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, KubeSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[x_kube(validation = Rule::new("timestamp(self.from) < timestamp(self.to)").message("to: must be after from"))]
pub struct MaintenanceSpec {
    /// When it begins.
    #[schemars(with = "String", extend("format" = "date-time"))]
    pub from: Timestamp,
    /// When it ends by itself.
    #[schemars(with = "String", extend("format" = "date-time"))]
    pub to: Timestamp,
}
