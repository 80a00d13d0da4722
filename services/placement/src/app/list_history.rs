//! What was done with a request.

use chassis::Tx;
use kernel::PlacementRequestId;

use super::Error;
use crate::{
    domain::{Past, Viewer, view},
    store,
};

/// The history, oldest first, as the viewer may see it; of a deleted request for the school that deleted it.
///
/// # Errors
/// `NOT_FOUND`.
pub async fn run(tx: &mut Tx, viewer: &Viewer, id: PlacementRequestId) -> Result<Vec<Past>, Error> {
    let request = store::placement_request::load(tx, id).await?.ok_or(Error::NotFound)?;
    if !viewer.sees_history(&request) {
        return Err(Error::NotFound);
    }
    let entries = store::history::of(tx, id).await?;
    let mut before = None;
    Ok(entries.into_iter().filter_map(|entry| view::past(entry, viewer.role, &mut before)).collect())
}
