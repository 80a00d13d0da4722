//! Keeps what events tell.

use chassis::{StoreError, Tx};

use super::{
    domain::request::{Projection, RequestFact},
    store,
};

/// Keeps what events tell of requests, those of one request next to each other: its facts and the milestones that it passed, each
/// unless a newer one is kept. The same row comes of the same events in whatever order, however often each arrives.
pub(super) async fn project_requests(tx: &mut Tx, facts: &[RequestFact]) -> Result<(), StoreError> {
    let projections = facts.chunk_by(|one, other| one.id == other.id).filter_map(Projection::of);
    store::keep(tx, &projections.collect::<Vec<_>>()).await
}
