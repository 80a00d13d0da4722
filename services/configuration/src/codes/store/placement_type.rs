//! Dated codes for kinds of placements: table `placement_type`.

use chassis::{StoreError, Tx};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use kernel::{Locale, Text};

use crate::{
    codes::domain::placement_type::PlacementType,
    resources::{Code, Sorted as _, Stored, Table, reads, row::code},
};

struct Row {
    code: String,
    version: i64,
    changed_at: jiff_sqlx::Timestamp,
    name_fr: String,
    name_en: String,
    valid_from: jiff_sqlx::Date,
    valid_to: Option<jiff_sqlx::Date>,
}

impl TryFrom<Row> for Stored<PlacementType> {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            version: row.version,
            changed_at: row.changed_at.to_jiff(),
            value: PlacementType {
                code: code("placement_type", &row.code)?,
                name: Text::new(row.name_fr, row.name_en),
                valid_from: row.valid_from.to_jiff(),
                valid_to: row.valid_to.map(jiff_sqlx::Date::to_jiff),
            },
        })
    }
}

impl Table for PlacementType {
    type Key = Code;
    type Filter = ();

    fn key(&self) -> Code {
        self.code.clone()
    }

    reads! {
        Row of "placement_type": "code, version, changed_at, name_fr, name_en, valid_from, valid_to";
        key "code" as "text": as_str, after after_code;
        active "valid_to is null or valid_to >= $6::date"; order "sort_key";
        where "";
        with |listing| listing.today.to_sqlx()
    }

    async fn save(tx: &mut Tx, value: &Self, at: Timestamp) -> Result<i64, StoreError> {
        Ok(sqlx::query_scalar!(
            "insert into placement_type
                 (code, changed_at, name_fr, name_en, valid_from, valid_to, sort_key, search)
             values ($1, $2, $3, $4, $5, $6, $7, $8)
             on conflict (code) do update set
                 version = placement_type.version + 1,
                 changed_at = excluded.changed_at, name_fr = excluded.name_fr, name_en = excluded.name_en,
                 valid_from = excluded.valid_from, valid_to = excluded.valid_to, sort_key = excluded.sort_key,
                 search = excluded.search
             returning version",
            value.code.as_str(),
            at.to_sqlx(),
            value.name.fr,
            value.name.en,
            value.valid_from.to_sqlx(),
            value.valid_to.map(ToSqlx::to_sqlx),
            value.sort_key(Locale::Fr),
            value.search_text(),
        )
        .fetch_one(&mut **tx)
        .await?)
    }
}
