//! The record of access read, and what of it is past its time.

use chassis::{StoreError, Tx, UseCase};
use jiff::SignedDuration;
use kernel::{Env, cut_page};

use crate::audit::{
    domain::{Filter, PageKey, Recorded},
    store,
};

/// Lines per transaction.
const BATCH: i64 = 1000;

/// One page of the record, the newest first.
#[derive(Clone, Copy, Debug)]
pub struct ListEntries {
    pub filter: Filter,
    /// Where the page before ended.
    pub after: Option<PageKey>,
    /// Most lines.
    pub limit: i64,
}

impl UseCase for ListEntries {
    type Context = Env;
    /// The lines, and where the page ended if more follow.
    type Output = (Vec<Recorded>, Option<PageKey>);
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx, _: &Env) -> Result<Self::Output, StoreError> {
        let mut lines = store::page(tx, &self.filter, self.after, self.limit + 1).await?;
        let next = cut_page(&mut lines, self.limit, |last| PageKey::from(last));
        Ok((lines, next))
    }
}

/// Removes some of the lines whose retention has ended.
#[derive(Clone, Copy, Debug)]
pub struct Purge {
    /// How long a line is kept.
    pub keep: SignedDuration,
}

impl UseCase for Purge {
    type Context = Env;
    /// Whether more may wait.
    type Output = bool;
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx, env: &Env) -> Result<bool, StoreError> {
        let lines = store::purge(tx, env.now() - self.keep, BATCH).await?;
        Ok(i64::try_from(lines).unwrap_or(i64::MAX) == BATCH)
    }
}
