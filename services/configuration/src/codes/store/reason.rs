//! Coded reasons: table `reason`.

use chassis::{StoreError, Tx};
use directory::model::ReasonUse;
use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;
use kernel::{Locale, Text};

use crate::{
    codes::domain::reason::Reason,
    resources::{Code, Sorted as _, Stored, Table, reads, row::code},
};

struct Row {
    code: String,
    version: i64,
    changed_at: jiff_sqlx::Timestamp,
    name_fr: String,
    name_en: String,
    uses: Vec<String>,
    active: bool,
}

impl TryFrom<Row> for Stored<Reason> {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            version: row.version,
            changed_at: row.changed_at.to_jiff(),
            value: Reason {
                code: code("reason", &row.code)?,
                name: Text::new(row.name_fr, row.name_en),
                uses: row.uses.iter().map(|u| use_of(&row.code, u)).collect::<Result<_, _>>()?,
                active: row.active,
            },
        })
    }
}

impl Table for Reason {
    type Key = Code;
    type Filter = ();

    fn key(&self) -> Code {
        self.code.clone()
    }

    reads! {
        Row of "reason": "code, version, changed_at, name_fr, name_en, uses, active";
        key "code" as "text": as_str, after after_code;
        active "active"; order "sort_key";
        where "";
        with |listing|
    }

    async fn save(tx: &mut Tx, value: &Self, at: Timestamp) -> Result<i64, StoreError> {
        Ok(sqlx::query_scalar!(
            "insert into reason
                 (code, changed_at, name_fr, name_en, uses, active, sort_key, search)
             values ($1, $2, $3, $4, $5, $6, $7, $8)
             on conflict (code) do update set
                 version = reason.version + 1,
                 changed_at = excluded.changed_at, name_fr = excluded.name_fr, name_en = excluded.name_en, uses
                 = excluded.uses, active = excluded.active, sort_key = excluded.sort_key, search =
                 excluded.search
             returning version",
            value.code.as_str(),
            at.to_sqlx(),
            value.name.fr,
            value.name.en,
            &uses(value),
            value.active,
            value.sort_key(Locale::Fr),
            value.search_text(),
        )
        .fetch_one(&mut **tx)
        .await?)
    }
}

fn uses(reason: &Reason) -> Vec<String> {
    reason.uses.iter().map(|u| u.code().to_owned()).collect()
}

fn use_of(code: &str, name: &str) -> Result<ReasonUse, StoreError> {
    ReasonUse::parse(name).ok_or_else(|| StoreError::inconsistent("reason", "uses", code))
}
