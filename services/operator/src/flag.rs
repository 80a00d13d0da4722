//! A fact that one part of the process establishes and others ask or wait for.

use std::sync::Arc;

use tokio::sync::watch;

/// Raised or not; cloning shares.
#[derive(Clone, Debug, Default)]
pub struct Flag(Arc<watch::Sender<bool>>);

impl Flag {
    /// It is so.
    pub fn raise(&self) {
        self.0.send_replace(true);
    }

    /// It is so no more.
    pub fn lower(&self) {
        self.0.send_replace(false);
    }

    /// Whether it is so.
    #[must_use]
    pub fn is_raised(&self) -> bool {
        *self.0.borrow()
    }

    /// Waits until it is so.
    pub async fn raised(&self) {
        // Fails only without a sender, and this is one.
        let _ = self.0.subscribe().wait_for(|raised| *raised).await;
    }
}
