//! A declaration that holds together.

use std::collections::BTreeMap;

use jiff::{Timestamp, tz::TimeZone};
use kernel::Locale;

use super::{Bounds, Peak, ScaleDown};

/// What is to be done for a province.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Two letters.
    pub code: String,
    /// The language of what the operator says.
    pub locale: Locale,
    pub zone: TimeZone,
    /// The Helm release.
    pub release: String,
    pub components: BTreeMap<String, Component>,
    pub peaks: Vec<Peak>,
    /// How slowly replicas are taken away.
    pub scale_down: ScaleDown,
    /// Whether nothing is to be changed.
    pub paused: bool,
    /// From when until when nothing is scaled.
    pub maintenance: Option<(Timestamp, Timestamp)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Component {
    pub bounds: Bounds,
    /// Share of the requested CPU beyond which replicas are added.
    pub cpu_percent: u32,
    /// Messages that one replica is expected to work off.
    pub messages_per_replica: Option<u32>,
}

impl Plan {
    #[must_use]
    pub fn is_under_maintenance(&self, now: Timestamp) -> bool {
        self.maintenance.is_some_and(|(from, to)| from <= now && now < to)
    }
}
