//! Terms: table `term`.

use chassis::{StoreError, Tx};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use kernel::{DateRange, Locale, TermId, Text};
use uuid::Uuid;

use crate::{
    programs::domain::term::Term,
    resources::{Sorted as _, Stored, Table, reads},
};

struct Row {
    id: Uuid,
    version: i64,
    changed_at: jiff_sqlx::Timestamp,
    name_fr: String,
    name_en: String,
    start_date: jiff_sqlx::Date,
    end_date: jiff_sqlx::Date,
    release_date: Option<jiff_sqlx::Date>,
    active: bool,
}

impl TryFrom<Row> for Stored<Term> {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            version: row.version,
            changed_at: row.changed_at.to_jiff(),
            value: Term {
                id: row.id.into(),
                name: Text::new(row.name_fr, row.name_en),
                days: DateRange::new(row.start_date.to_jiff(), row.end_date.to_jiff())
                    .map_err(|_| StoreError::inconsistent("term", "end_date", row.id))?,
                release: row.release_date.map(jiff_sqlx::Date::to_jiff),
                active: row.active,
            },
        })
    }
}

impl Table for Term {
    type Key = TermId;
    type Filter = ();

    fn key(&self) -> TermId {
        self.id
    }

    reads! {
        Row of "term": "id, version, changed_at, name_fr, name_en, start_date, end_date, release_date, active";
        key "id" as "uuid": uuid, after after_uuid;
        active "active"; order "sort_key";
        where "";
        with |listing|
    }

    async fn save(tx: &mut Tx, value: &Self, at: Timestamp) -> Result<i64, StoreError> {
        Ok(sqlx::query_scalar!(
            "insert into term
                 (id, changed_at, name_fr, name_en, start_date, end_date, release_date, active, sort_key, search)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
             on conflict (id) do update set
                 version = term.version + 1,
                 changed_at = excluded.changed_at, name_fr = excluded.name_fr, name_en = excluded.name_en,
                 start_date = excluded.start_date, end_date = excluded.end_date, release_date =
                 excluded.release_date, active = excluded.active, sort_key = excluded.sort_key, search =
                 excluded.search
             returning version",
            value.id.uuid(),
            at.to_sqlx(),
            value.name.fr,
            value.name.en,
            value.days.start().to_sqlx(),
            value.days.end().to_sqlx(),
            value.release.map(ToSqlx::to_sqlx),
            value.active,
            value.sort_key(Locale::Fr),
            value.search_text(),
        )
        .fetch_one(&mut **tx)
        .await?)
    }
}
