//! Waiting for what happens elsewhere, with an end.

use std::time::Duration;

use anyhow::{Result, bail};
use tokio::time::{Instant, sleep};

/// Between two looks.
const PAUSE: Duration = Duration::from_millis(50);

/// Looks until `look` answers something.
///
/// # Errors
/// What `look` answers; that it did not come within `limit`, naming `what`.
pub(crate) async fn wait_for<T>(what: &str, limit: Duration, look: impl AsyncFn() -> Result<Option<T>>) -> Result<T> {
    let end = Instant::now() + limit;
    loop {
        if let Some(found) = look().await? {
            return Ok(found);
        }
        if Instant::now() > end {
            bail!("waited {} s for {what}", limit.as_secs());
        }
        sleep(PAUSE).await;
    }
}
