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

/// Writes how the rows of a [`Table`] are found, held and listed, for an `impl` of it: the statements of all tables differ in
/// little, and each is checked when it is compiled. In `active`, `order` and `where` the values of `with` begin at `$6`.
macro_rules! reads {
    (
        $row:ident of $table:literal: $columns:literal;
        key $key:literal as $type:literal: $of_key:ident, after $after:ident;
        active $active:literal; order $order:literal;
        where $own:literal; with |$listing:ident| $($value:tt)*
    ) => {
        async fn find(
            tx: &mut chassis::Tx,
            key: &Self::Key,
        ) -> Result<Option<crate::resources::Stored<Self>>, chassis::StoreError> {
            let row = sqlx::query_as!(
                $row,
                "select " + $columns + " from " + $table + " where " + $key + " = $1",
                key.$of_key(),
            );
            crate::resources::row::one(row.fetch_optional(&mut **tx).await?)
        }

        async fn lock(tx: &mut chassis::Tx, key: &Self::Key) -> Result<(), chassis::StoreError> {
            sqlx::query!(
                "select " + $key + " from " + $table + " where " + $key + " = $1 for update",
                key.$of_key(),
            )
            .fetch_optional(&mut **tx)
            .await?;
            Ok(())
        }

        async fn list(
            tx: &mut chassis::Tx,
            $listing: &crate::resources::Listing<Self::Filter>,
        ) -> Result<Vec<crate::resources::Stored<Self>>, chassis::StoreError> {
            let rows = sqlx::query_as!(
                $row,
                "select " + $columns + " from " + $table
                    + " where ((" + $active + ") or $1) and search ~ all($2)"
                    + " and ($3::text is null or (" + $order + ", " + $key + ") > ($3, $4::" + $type + "))" + $own
                    + " order by " + $order + ", " + $key + " limit $5",
                $listing.include_inactive,
                &$listing.query.patterns(),
                $listing.after_key(),
                $listing.$after(),
                $listing.limit,
                $($value)*
            );
            crate::resources::row::many(rows.fetch_all(&mut **tx).await?)
        }
    };
}
pub(crate) use reads;
