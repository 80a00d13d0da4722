//! From the table to the requests behind a number.

use jiff::civil::Date;

use super::weeks::sunday;
use crate::shell::address;

/// Where lists of requests are, for those who have any.
pub(crate) struct Links {
    pub(crate) has_requests: bool,
    pub(crate) site_id: String,
    pub(crate) service_id: String,
}

impl Links {
    /// The requests of a whole column.
    pub(super) fn week(&self, days: &str) -> Option<String> {
        let place = [("site", self.site_id.as_str()), ("service", &self.service_id)];
        self.has_requests.then(|| requests(&place, days))
    }

    /// The requests of a destination or of a service, by the name of the filter; those of a week with its days behind.
    pub(super) fn row(&self, filter: &str, id: &str) -> Option<String> {
        self.has_requests.then(|| requests(&[(filter, id)], ""))
    }
}

fn requests(place: &[(&str, &str)], days: &str) -> String {
    address("/requests", &[place, &[("period", "custom")]].concat()) + days
}

/// A week in an address. There is one for each column, not for each of many cells.
pub(super) fn days(monday: Date) -> String {
    format!("&from={monday}&to={}", sunday(monday))
}
