//! Hears what any replica does with requests, for those who watch them here, as long as the process takes work.

use chassis::Host;

use super::app::Watch;

/// The task's name.
pub const WATCH_REQUESTS: &str = "watch_requests";

/// Listens until the process stops.
///
/// # Errors
/// When the database goes away; the next run listens again, and those who watch learn that they have missed something.
pub async fn watch_requests(host: &Host, watch: &Watch) -> anyhow::Result<()> {
    tokio::select! {
        heard = watch.listen(&host.db) => {
            heard?;
            Ok(())
        }
        () = host.stopping.cancelled() => Ok(()),
    }
}
