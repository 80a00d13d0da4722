//! The declaration of a column.

use crate::Value;

/// A column of a table whose rows are `R`, read in a context `C` (the reader's language and side, the present moment).
pub struct Column<R: ?Sized, C: ?Sized> {
    /// What the column is called in code and contracts.
    pub key: &'static str,
    /// What heads it for the reader; it is given the key.
    pub header: fn(&C, &'static str) -> String,
    /// What a row says in it.
    pub value: fn(&R, &C) -> Value,
}

impl<R: ?Sized, C: ?Sized> Clone for Column<R, C> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R: ?Sized, C: ?Sized> Copy for Column<R, C> {}
