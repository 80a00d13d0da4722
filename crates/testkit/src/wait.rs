//! Waiting for facts instead of sleeping.

use std::time::Duration;

use tokio::time::{Instant, sleep};

/// Polls until `condition` holds.
///
/// # Panics
/// With `what`, if it does not within 30 s times [`patience`].
pub async fn wait_for(what: &str, mut condition: impl AsyncFnMut() -> bool) {
    wait_for_some(what, async || condition().await.then_some(())).await;
}

/// Polls until `condition` gives something.
///
/// # Panics
/// With `what`, if it gives nothing within 30 s times [`patience`].
pub async fn wait_for_some<T>(what: &str, mut condition: impl AsyncFnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + patience(Duration::from_secs(30));
    let mut pause = Duration::from_millis(2);
    loop {
        if let Some(found) = condition().await {
            return found;
        }
        assert!(Instant::now() < deadline, "waited in vain for: {what}");
        sleep(pause).await;
        pause = (pause * 2).min(Duration::from_millis(100));
    }
}

/// `limit` times `TANDEM_TEST_PATIENCE`.
#[must_use]
pub fn patience(limit: Duration) -> Duration {
    let factor = std::env::var("TANDEM_TEST_PATIENCE").ok().and_then(|f| f.parse::<f64>().ok());
    limit.mul_f64(factor.filter(|f| f.is_finite() && *f > 0.0).unwrap_or(1.0))
}
