//! Sends held requests whose day has come (domain §7.4 no. 3): each in a transaction of its own, so that one that cannot go
//! out today keeps no other back.

use chassis::{Db, Failure};
use kernel::{ErrorKind, PlacementRequestId};

use super::app::{Context, Due, Release};

/// The task's name.
pub const RELEASE_HELD: &str = "release_held";

/// Releases batch after batch until nothing is due.
///
/// # Errors
/// If the database fails; the next run goes on.
pub async fn release_held(db: &Db, cx: &Context, batch: i64) -> anyhow::Result<()> {
    loop {
        let due = db.read(&Due(batch), cx).await.map_err(Failure::into_anyhow)?;
        let mut released = 0;
        for id in &due {
            released += usize::from(release(db, cx, *id).await?);
        }
        // What is left over is being changed by somebody else, or broken: the next run tries again.
        if released < due.len() || due.is_empty() {
            return Ok(());
        }
    }
}

/// Answers whether it need not be tried again in this run.
async fn release(db: &Db, cx: &Context, id: PlacementRequestId) -> anyhow::Result<bool> {
    match db.write(&Release(id), cx).await {
        Ok(()) => Ok(true),
        Err(failure) if failure.kind() == ErrorKind::Unavailable => Err(failure.into_anyhow()),
        Err(failure) => {
            tracing::warn!(request = %id, cause = failure.chain(), "a held request could not be released");
            Ok(false)
        }
    }
}
