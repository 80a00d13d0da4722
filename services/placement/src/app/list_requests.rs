//! Inbox and outbox: what the viewer's grants reach.

use chassis::Tx;

use super::{Env, Error};
use crate::{
    domain::{Cursor, Lens, ListQuery, Page, View, Viewer},
    store,
};

/// One page of what the viewer sees.
///
/// # Errors
/// If the store fails.
pub async fn run(tx: &mut Tx, env: &Env, viewer: &Viewer, query: &ListQuery) -> Result<Page, Error> {
    let lens = Lens::of(viewer, env.deadlines, env.today());
    let mut rows = store::request_list::page(tx, query, &lens).await?;
    let total = store::request_list::count(tx, query, &lens).await?;
    let size = usize::try_from(query.page_size).unwrap_or(usize::MAX);
    let more = rows.len() > size;
    rows.truncate(size);
    let next = rows.last().filter(|_| more).map(|last| Cursor::of(last, query.order, viewer.role));
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let mut beside = store::names::of(tx, &ids, viewer.person).await?;
    // The rows were selected by the same rule that `View::of` applies; should the two ever differ, nothing is shown.
    let views = rows.into_iter().filter_map(|request| {
        let beside = beside.remove(&request.id).unwrap_or_default();
        View::of(request, beside, viewer, env.deadlines, env.today())
    });
    Ok(Page { views: views.collect(), next, total })
}
