//! One page of the report on requests, with the sums over all pages.

use chassis::db::Tx;

use super::ReportError;
use crate::{
    domain::{
        report::{Filter, Page, Slice, Summary},
        viewer::Viewer,
    },
    store,
};

/// One page and the sums over all, on one snapshot. `zone` is the IANA name of the province's time zone.
///
/// # Errors
/// If the viewer's rights hold for no place, or the database fails.
pub async fn run(
    tx: &mut Tx,
    zone: &str,
    viewer: &Viewer,
    filter: &Filter,
    slice: Slice,
) -> Result<(Page, Summary), ReportError> {
    viewer.reaches_something()?;
    let rows = store::report::rows(tx, viewer, filter, Slice { limit: slice.limit + 1, ..slice }).await?;
    let summary = store::report::summary(tx, viewer, filter, zone).await?;
    Ok((Page::cut(rows, slice.limit), summary))
}
