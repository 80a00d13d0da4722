//! What rows have in common on their way to the domain.

use crate::resources::domain::{bilingual::Bilingual, code::Code};

/// A row that the code can't have written.
#[derive(Debug, thiserror::Error)]
#[error("{table} {row}: {column} makes no sense")]
pub struct Inconsistent {
    /// The table.
    pub table: &'static str,
    /// The column.
    pub column: &'static str,
    /// The row's id or code.
    pub row: String,
}

impl From<Inconsistent> for sqlx::Error {
    fn from(cause: Inconsistent) -> Self {
        Self::Decode(Box::new(cause))
    }
}

pub(crate) fn bilingual(fr: String, en: String) -> Bilingual {
    Bilingual { fr, en }
}

pub(crate) fn code(table: &'static str, code: &str) -> Result<Code, Inconsistent> {
    code.parse().map_err(|_| Inconsistent { table, column: "code", row: code.to_owned() })
}

/// The row that was found, as the domain's type.
pub(crate) fn one<R, T>(row: Option<R>) -> Result<Option<T>, sqlx::Error>
where
    T: TryFrom<R, Error = Inconsistent>,
{
    Ok(row.map(T::try_from).transpose()?)
}

/// The rows of a page, as the domain's type.
pub(crate) fn many<R, T>(rows: Vec<R>) -> Result<Vec<T>, sqlx::Error>
where
    T: TryFrom<R, Error = Inconsistent>,
{
    Ok(rows.into_iter().map(T::try_from).collect::<Result<_, _>>()?)
}
