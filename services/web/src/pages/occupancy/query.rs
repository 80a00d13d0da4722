//! What the address of the table says.

use serde::Deserialize;

use crate::shell::address;

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct OccupancyQuery {
    pub(super) site_id: String,
    pub(super) service_id: String,
    pub(super) destination_id: String,
    pub(super) from_date: String,
    pub(super) weeks: String,
    pub(super) query: String,
    pub(super) page: String,
}

impl OccupancyQuery {
    /// The address of another view: the same filters, other weeks, other rows.
    pub(super) fn view(&self, path: &str, from_date: &str, page: &str) -> String {
        address(
            path,
            &[
                ("site_id", &self.site_id),
                ("service_id", &self.service_id),
                ("destination_id", &self.destination_id),
                ("from_date", from_date),
                ("weeks", &self.weeks),
                ("page", page),
            ],
        )
    }
}
