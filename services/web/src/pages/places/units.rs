//! Destinations in a table, with the names of what they serve.

use std::collections::BTreeMap;

use proto::configuration::v1::{Destination, Service};

use super::words::shifts;
use crate::ui::Text;

/// A destination, and what it serves.
pub(crate) struct Unit {
    pub(crate) destination: Destination,
    pub(crate) services: String,
    pub(crate) shifts: String,
}

/// Destinations with the names of what they serve.
pub(super) fn units(
    text: Text,
    destinations: impl IntoIterator<Item = Destination>,
    names: &BTreeMap<String, String>,
) -> Vec<Unit> {
    let unit = |destination: Destination| {
        let served = destination.service_ids.iter().filter_map(|id| names.get(id)).cloned().collect::<Vec<_>>();
        Unit { services: served.join(", "), shifts: shifts(text, &destination.shifts), destination }
    };
    destinations.into_iter().map(unit).collect()
}

/// The names of services by their ids.
pub(super) fn service_names(text: Text, services: &[Service]) -> BTreeMap<String, String> {
    services.iter().map(|service| (service.id.clone(), text.pick(service.name.as_ref()))).collect()
}
