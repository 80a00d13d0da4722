//! What the ten tables of the directory have in common.

use std::{fmt::Display, future::Future};

use chassis::{StoreError, Tx};
use jiff::Timestamp;

use crate::resources::domain::{
    listing::{Listing, Sorted},
    stored::Stored,
};

/// A type whose values are the rows of a table.
pub trait Table: Sorted + Clone + PartialEq + Send + Sync + 'static {
    /// Id or code.
    type Key: Clone + Display + Send + Sync;
    /// What a list may be narrowed down by, beside names.
    type Filter: Clone + Default + Send + Sync;

    /// Its id or code.
    fn key(&self) -> Self::Key;

    /// The row, if there is one.
    fn find(tx: &mut Tx, key: &Self::Key) -> impl Future<Output = Result<Option<Stored<Self>>, StoreError>> + Send;

    /// Holds the row against other writers until the transaction ends.
    fn lock(tx: &mut Tx, key: &Self::Key) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// The rows of one page, in order.
    fn list(
        tx: &mut Tx,
        listing: &Listing<Self::Filter>,
    ) -> impl Future<Output = Result<Vec<Stored<Self>>, StoreError>> + Send;

    /// Writes the row, new or not, and answers its version: 1 if it is new.
    fn save(tx: &mut Tx, value: &Self, at: Timestamp) -> impl Future<Output = Result<i64, StoreError>> + Send;
}
