//! The report on requests, page by page.
//!
//! A file is read piece by piece, each in a transaction of its own that goes on where the last one ended: a slow reader
//! holds no connection and no snapshot, and no more than a piece is ever in memory. A request that changes meanwhile
//! appears as it is when its piece is read; none appears twice, since the order is that of creation.

use std::sync::Arc;

use chassis::{StoreError, Tx, UseCase};
use directory::Directory;

use super::{
    domain::{
        requests::{Filter, Page, Slice, Summary},
        viewer::Viewer,
    },
    store,
};

/// What reports are told beside the question.
#[derive(Clone)]
pub(super) struct Context {
    /// The IANA name of the province's time zone, by whose calendar the database counts days.
    pub(super) zone: Arc<str>,
    /// The names of places and programs.
    pub(super) directory: Directory,
}

/// One page and the sums over all, on one snapshot.
pub(super) struct List {
    pub(super) viewer: Viewer,
    pub(super) filter: Filter,
    pub(super) slice: Slice,
}

impl UseCase for List {
    type Context = Context;
    type Output = (Page, Summary);
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx, cx: &Context) -> Result<(Page, Summary), StoreError> {
        let page = Piece { viewer: &self.viewer, filter: &self.filter, slice: self.slice }.run(tx, cx).await?;
        let summary = store::summary(tx, &self.viewer, &self.filter, &cx.zone).await?;
        Ok((page, summary))
    }
}

/// The next piece of a file.
pub(super) struct Piece<'a> {
    pub(super) viewer: &'a Viewer,
    pub(super) filter: &'a Filter,
    pub(super) slice: Slice,
}

impl UseCase for Piece<'_> {
    type Context = Context;
    type Output = Page;
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx, cx: &Context) -> Result<Page, StoreError> {
        let limit = self.slice.limit;
        let slice = Slice { limit: limit + 1, ..self.slice };
        let rows = store::rows(tx, &cx.directory.snapshot(), self.viewer, self.filter, slice).await?;
        Ok(Page::cut(rows, limit))
    }
}
