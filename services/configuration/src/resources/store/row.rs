//! What rows have in common on their way to the domain.

use chassis::StoreError;

use crate::resources::domain::code::Code;

pub(crate) fn code(table: &'static str, code: &str) -> Result<Code, StoreError> {
    code.parse().map_err(|_| StoreError::inconsistent(table, "code", code))
}

/// The row that was found, as the domain's type.
pub(crate) fn one<R, T: TryFrom<R>>(row: Option<R>) -> Result<Option<T>, T::Error> {
    row.map(T::try_from).transpose()
}

/// The rows of a page, as the domain's type.
pub(crate) fn many<R, T: TryFrom<R>>(rows: Vec<R>) -> Result<Vec<T>, T::Error> {
    rows.into_iter().map(T::try_from).collect()
}
