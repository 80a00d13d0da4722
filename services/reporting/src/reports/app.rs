//! The report on requests, page by page.
//!
//! A file is read piece by piece, each in a transaction of its own that goes on where the last one ended: a slow reader
//! holds no connection and no snapshot, and no more than a piece is ever in memory. A request that changes meanwhile
//! appears as it is when its piece is read; none appears twice, since the order is that of creation.

use std::sync::Arc;

use chassis::{StoreError, Tx, UseCase};
use kernel::{ErrorKind, Problem};

use super::{
    domain::{
        requests::{Filter, Page, Slice, Summary},
        viewer::{OutOfScope, Viewer},
    },
    store,
};

/// What reports are told beside the question.
#[derive(Clone, Debug)]
pub(super) struct Context {
    /// The IANA name of the province's time zone, by whose calendar the database counts days.
    pub(super) zone: Arc<str>,
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
    type Error = ReportError;

    async fn run(&self, tx: &mut Tx, cx: &Context) -> Result<(Page, Summary), ReportError> {
        let page = page(tx, &self.viewer, &self.filter, self.slice).await?;
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
    type Context = ();
    type Output = Page;
    type Error = ReportError;

    async fn run(&self, tx: &mut Tx, (): &()) -> Result<Page, ReportError> {
        page(tx, self.viewer, self.filter, self.slice).await
    }
}

async fn page(tx: &mut Tx, viewer: &Viewer, filter: &Filter, slice: Slice) -> Result<Page, ReportError> {
    viewer.reaches_something()?;
    let rows = store::rows(tx, viewer, filter, Slice { limit: slice.limit + 1, ..slice }).await?;
    Ok(Page::cut(rows, slice.limit))
}

/// Why a report cannot be had.
#[derive(Debug, thiserror::Error)]
pub(super) enum ReportError {
    /// The rights hold for no place of the viewer's side.
    #[error(transparent)]
    OutOfScope(#[from] OutOfScope),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Problem for ReportError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::OutOfScope(cause) => cause.kind(),
            Self::Store(cause) => cause.kind(),
        }
    }

    fn reason(&self) -> &'static str {
        match self {
            Self::OutOfScope(cause) => cause.reason(),
            Self::Store(cause) => cause.reason(),
        }
    }
}
