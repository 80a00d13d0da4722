//! A fact that one part of the process establishes and others ask or wait for.

use std::sync::Arc;

use tokio::sync::watch;

/// Raised or not; cloning shares.
#[derive(Clone, Debug, Default)]
pub struct Flag(Arc<watch::Sender<bool>>);

impl Flag {
    pub fn raise(&self) {
        self.0.send_replace(true);
    }

    pub fn lower(&self) {
        self.0.send_replace(false);
    }

    #[must_use]
    pub fn is_raised(&self) -> bool {
        *self.0.borrow()
    }

    pub async fn raised(&self) {
        // Fails only without a sender, and this is one.
        let _ = self.0.subscribe().wait_for(|raised| *raised).await;
    }
}
