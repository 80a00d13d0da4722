//! Settings of configuration alone: none so far.

use chassis::Validate;
use serde::{Deserialize, Serialize};

/// Nothing to set.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {}

impl Validate for Config {
    fn validate(&self) -> Result<(), String> {
        Ok(())
    }
}
