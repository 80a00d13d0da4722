//! This service's own settings.

use chassis::Validate;
use serde::{Deserialize, Serialize};

/// Settings, below `TANDEM_REPORTING__`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Rows that a streamed file holds in memory at a time; 1 to 10000, by default 500.
    pub export_rows: i64,
}

impl Default for Config {
    fn default() -> Self {
        Self { export_rows: 500 }
    }
}

impl Validate for Config {
    fn validate(&self) -> Result<(), String> {
        if (1..=10_000).contains(&self.export_rows) {
            Ok(())
        } else {
            Err(format!("export_rows: {} is not within 1 to 10000", self.export_rows))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_hold_and_an_empty_piece_is_refused() {
        assert_eq!(Config::default().validate(), Ok(()));
        let refused = Config { export_rows: 0 }.validate().expect_err("no rows at a time");
        assert_eq!(refused, "export_rows: 0 is not within 1 to 10000");
    }
}
