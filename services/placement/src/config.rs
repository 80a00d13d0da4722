//! Settings of placement alone.

use chassis::Validate;
use serde::{Deserialize, Serialize};

use crate::requests::Deadlines;

/// What an operator may set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// How often held requests are looked for. A release date is a day, so a minute is soon enough. Default 60.
    pub release_held_every_s: u64,
    /// How many of them are read at a time; each goes out in a transaction of its own. Default 200.
    pub release_held_batch: i64,
    /// Days within which a coordinator redirects or answers what was sent. Default 14.
    pub coordinator_days: i32,
    /// Days within which a destination answers what it was asked. Default 14.
    pub destination_days: i32,
    /// Days within which a coordinator ratifies what a destination has answered. Default 7.
    pub ratification_days: i32,
    /// Days within which a school confirms what was accepted. Default 14.
    pub confirmation_days: i32,
}

impl Config {
    /// The deadlines (domain §16 no. 5).
    pub(crate) const fn deadlines(&self) -> Deadlines {
        Deadlines {
            coordinator: self.coordinator_days,
            destination: self.destination_days,
            ratification: self.ratification_days,
            confirmation: self.confirmation_days,
        }
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            release_held_every_s: 60,
            release_held_batch: 200,
            coordinator_days: 14,
            destination_days: 14,
            ratification_days: 7,
            confirmation_days: 14,
        }
    }
}

impl Validate for Config {
    fn validate(&self) -> Result<(), String> {
        if self.release_held_every_s == 0 {
            return Err("service.release_held_every_s: at least 1".into());
        }
        if !(1..=10_000).contains(&self.release_held_batch) {
            return Err("service.release_held_batch: between 1 and 10000".into());
        }
        let days = [
            ("coordinator_days", self.coordinator_days),
            ("destination_days", self.destination_days),
            ("ratification_days", self.ratification_days),
            ("confirmation_days", self.confirmation_days),
        ];
        match days.into_iter().find(|(_, days)| !(1..=730).contains(days)) {
            Some((name, _)) => Err(format!("service.{name}: between 1 and 730")),
            None => Ok(()),
        }
    }
}
