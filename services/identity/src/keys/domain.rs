//! The keys that sign access tokens, and when they change.

use std::fmt;

use jiff::{SignedDuration, Timestamp};

/// How long a key signs.
pub const LIFE: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How long a retired key verifies: longer than any token it signed lives.
pub const AFTERLIFE: SignedDuration = SignedDuration::from_hours(24);

/// An Ed25519 key.
#[derive(Clone, PartialEq, Eq)]
pub struct SigningKey {
    /// Names the key in tokens.
    pub kid: String,
    /// The private key.
    pub seed: [u8; 32],
    /// Since when it signs.
    pub created_at: Timestamp,
    /// Since when it only verifies.
    pub retired_at: Option<Timestamp>,
}

impl SigningKey {
    /// Whether it has signed for [`LIFE`].
    #[must_use]
    pub fn is_due(&self, now: Timestamp) -> bool {
        now.duration_since(self.created_at) >= LIFE
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey").field("kid", &self.kid).finish_non_exhaustive()
    }
}
