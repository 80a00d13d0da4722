//! By what the operator knows its own and the release's objects: labels alone, never names.

use std::collections::BTreeMap;

/// The field manager under which everything is applied.
pub const FIELD_MANAGER: &str = "tandem-operator";
/// Keeps a province until its autoscalers are gone.
pub const FINALIZER: &str = "tandem.health/autoscalers";

/// Which Helm release an object belongs to.
pub const INSTANCE: &str = "app.kubernetes.io/instance";
/// Which component it is.
pub const COMPONENT: &str = "app.kubernetes.io/component";
/// What it is a part of; [`TANDEM`].
pub const PART_OF: &str = "app.kubernetes.io/part-of";
/// Who manages it; [`FIELD_MANAGER`] for what the operator made.
pub const MANAGED_BY: &str = "app.kubernetes.io/managed-by";
/// The code of the province, as on everything that the release's chart makes.
pub const PROVINCE: &str = "tandem.health/province";
/// The resource that an autoscaler was made for.
pub const DECLARED_BY: &str = "tandem.health/declared-by";

/// The value of [`PART_OF`].
pub const TANDEM: &str = "tandem";
/// The value of [`COMPONENT`] on migration Jobs.
pub const MIGRATE: &str = "migrate";

/// The labels of an autoscaler that the operator makes.
#[must_use]
pub fn of_autoscaler(code: &str, release: &str, component: &str, declared_by: &str) -> BTreeMap<String, String> {
    let labels = [
        (PART_OF, TANDEM),
        (INSTANCE, release),
        (COMPONENT, component),
        (MANAGED_BY, FIELD_MANAGER),
        (PROVINCE, code),
        (DECLARED_BY, declared_by),
    ];
    labels.map(|(key, value)| (key.to_owned(), value.to_owned())).into()
}
