//! Keeps what events tell.

use chassis::{StoreError, Tx};

use super::{domain::request::RequestFact, store};

/// Keeps the facts of requests, each another, and the milestones that were passed with them, each unless a newer one is kept: the
/// same row comes of the same events in whatever order, however often each arrives.
pub(super) async fn project_requests(tx: &mut Tx, facts: &[RequestFact]) -> Result<(), StoreError> {
    store::keep_facts(tx, facts).await?;
    let passed: Vec<_> = facts.iter().filter_map(|fact| Some((fact, fact.milestone()?))).collect();
    if passed.is_empty() { Ok(()) } else { store::keep_milestones(tx, &passed).await }
}
