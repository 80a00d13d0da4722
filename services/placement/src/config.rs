//! Settings of placement alone.

use chassis::Validate;
use serde::{Deserialize, Serialize};

/// What an operator may set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// How often held requests are looked for. A release date is a day, so a minute is soon enough. Default 60.
    pub release_held_every_s: u64,
    /// How many of them are read at a time; each goes out in a transaction of its own. Default 200.
    pub release_held_batch: i64,
}

impl Default for Config {
    fn default() -> Self {
        Self { release_held_every_s: 60, release_held_batch: 200 }
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
        Ok(())
    }
}
