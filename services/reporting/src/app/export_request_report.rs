//! One piece of the report on requests as a file.
//!
//! A file is read piece by piece, each in a transaction of its own that goes on where the last one ended: a slow reader
//! holds no connection and no snapshot, and no more than a piece is ever in memory. A request that changes meanwhile
//! appears as it is when its piece is read; none appears twice, since the order is that of creation.

use chassis::db::Tx;

use super::ReportError;
use crate::{
    domain::{
        report::{Filter, Page, Slice},
        viewer::Viewer,
    },
    store,
};

/// The next piece.
///
/// # Errors
/// If the viewer's rights hold for no place, or the database fails.
pub async fn run(tx: &mut Tx, viewer: &Viewer, filter: &Filter, slice: Slice) -> Result<Page, ReportError> {
    viewer.reaches_something()?;
    let rows = store::report::rows(tx, viewer, filter, Slice { limit: slice.limit + 1, ..slice }).await?;
    Ok(Page::cut(rows, slice.limit))
}
