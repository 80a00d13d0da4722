//! The keys that sign access tokens.

use chassis::{Failure, Host};

use crate::keys::app::RotateKeys;

/// Makes the next key when the present one has signed for 30 days, and forgets the one before a day later. If the database
/// fails, the next run tries again.
pub async fn rotate_keys(host: Host) -> anyhow::Result<()> {
    host.db.write(&RotateKeys, &host.env).await.map_err(Failure::into_anyhow)
}
