//! The three statements, made of a row's list of columns.

use std::collections::HashMap;

use eventing::Tx;
use serde::{Serialize, de::DeserializeOwned};
use sqlx::{AssertSqlSafe, types::Json};

/// One row without its version: its fields are the columns.
pub(crate) trait Row: Serialize + DeserializeOwned + Send + Sync + Unpin + 'static {
    /// The table.
    const TABLE: &'static str;
    /// The primary key and its type.
    const KEY: (&'static str, &'static str) = ("id", "uuid");
    /// The other columns and their types.
    const COLUMNS: &'static [(&'static str, &'static str)];

    /// The primary key's value.
    fn key(&self) -> String;
}

/// A row that no writer of ours has written.
#[derive(Debug, thiserror::Error)]
#[error("{table}.{column} of {row} is inconsistent")]
pub(crate) struct Inconsistent {
    pub(crate) table: &'static str,
    pub(crate) column: &'static str,
    pub(crate) row: String,
}

impl Inconsistent {
    pub(crate) fn of<R: Row>(row: &R, column: &'static str) -> Self {
        Self { table: R::TABLE, column, row: row.key() }
    }
}

impl From<Inconsistent> for sqlx::Error {
    fn from(fault: Inconsistent) -> Self {
        Self::Decode(Box::new(fault))
    }
}

#[derive(Serialize)]
struct Versioned<R> {
    version: i64,
    #[serde(flatten)]
    row: R,
}

/// Writes rows, unless newer ones are there; answers the revision of those that were written. Of several versions of one row
/// the newest is written, since a statement may touch a row but once.
pub(crate) async fn put<R: Row>(
    tx: &mut Tx,
    rows: impl IntoIterator<Item = (i64, R)>,
) -> Result<Option<i64>, sqlx::Error> {
    let mut newest: HashMap<String, Versioned<R>> = HashMap::new();
    for (version, row) in rows {
        let key = row.key();
        if newest.get(&key).is_none_or(|kept| kept.version < version) {
            newest.insert(key, Versioned { version, row });
        }
    }
    if newest.is_empty() {
        return Ok(None);
    }
    let rows: Vec<_> = newest.into_values().collect();
    let statement = sqlx::query_scalar(AssertSqlSafe(upsert::<R>())).bind(Json(rows));
    // They are all of one revision.
    Ok(statement.fetch_all(&mut **tx).await?.first().copied())
}

/// The rows whose revision is newer than the one that is given.
pub(crate) async fn newer_than<R: Row>(tx: &mut Tx, revision: i64) -> Result<Vec<R>, sqlx::Error> {
    let statement =
        format!("select to_jsonb(t) from (select {} from {} where revision > $1) t", names::<R>(), R::TABLE);
    let rows = sqlx::query_scalar(AssertSqlSafe(statement)).bind(revision).fetch_all(&mut **tx).await?;
    Ok(rows.into_iter().map(|Json(row)| row).collect())
}

/// The row of the revision is taken first and held until the commit, which is what brings revisions into order.
fn upsert<R: Row>() -> String {
    let (table, key, columns) = (R::TABLE, R::KEY.0, R::COLUMNS);
    let of = |form: &dyn Fn(&str, &str) -> String| {
        columns.iter().map(|(name, kind)| form(name, kind)).collect::<Vec<_>>().join(", ")
    };
    let names = of(&|name, _| name.to_owned());
    let given = of(&|name, _| format!("given.{name}"));
    let typed = of(&|name, kind| format!("{name} {kind}"));
    let taken = of(&|name, _| format!("{name} = excluded.{name}"));
    format!(
        "with now as (update directory_revision set revision = revision + 1 returning revision)
         insert into {table} ({key}, version, revision, {names})
         select given.{key}, given.version, now.revision, {given}
         from now, jsonb_to_recordset($1) as given ({key} {key_type}, version bigint, {typed})
         on conflict ({key}) do update
             set version = excluded.version, revision = excluded.revision, {taken}
             where {table}.version < excluded.version
         returning revision",
        key_type = R::KEY.1,
    )
}

/// The key and the columns, for a SELECT.
pub(crate) fn names<R: Row>() -> String {
    let columns = R::COLUMNS.iter().map(|(name, _)| *name);
    std::iter::once(R::KEY.0).chain(columns).collect::<Vec<_>>().join(", ")
}

/// Declares a row: its fields with the types of their columns, which are thus written down once.
macro_rules! row {
    ($name:ident in $table:literal by $key:ident: $key_type:tt {
        $($field:ident: $type:ty as $column_type:literal),* $(,)?
    }) => {
        #[derive(serde::Serialize, serde::Deserialize)]
        pub(crate) struct $name {
            $key: row!(@key $key_type),
            $($field: $type),*
        }

        impl $crate::store::Row for $name {
            const TABLE: &'static str = $table;
            const KEY: (&'static str, &'static str) = (stringify!($key), $key_type);
            const COLUMNS: &'static [(&'static str, &'static str)] = &[$((stringify!($field), $column_type)),*];

            fn key(&self) -> String {
                self.$key.to_string()
            }
        }
    };
    (@key "uuid") => { uuid::Uuid };
    (@key "text") => { String };
}

pub(super) use row;
