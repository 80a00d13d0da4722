//! Keeps what events tell.

use chassis::{StoreError, Tx};

use super::{domain::request::RequestFact, store};

/// Keeps the facts and the milestone that was passed with them, each unless a newer one is kept: the same row comes of
/// the same events in whatever order, however often each arrives.
pub(super) async fn project_request(tx: &mut Tx, fact: &RequestFact) -> Result<(), StoreError> {
    store::keep_fact(tx, fact).await?;
    match fact.milestone() {
        Some(milestone) => store::keep_milestone(tx, fact, milestone).await,
        None => Ok(()),
    }
}
