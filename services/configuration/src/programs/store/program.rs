//! Curricula of schools: table `program`.

use chassis::{StoreError, Tx};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;
use kernel::{AgencyId, Locale, ProgramId, Text};
use uuid::Uuid;

use crate::{
    programs::domain::program::Program,
    resources::{Sorted as _, Stored, Table, reads},
};

struct Row {
    id: Uuid,
    version: i64,
    changed_at: jiff_sqlx::Timestamp,
    agency_id: Uuid,
    name_fr: String,
    name_en: String,
    discipline: String,
    uses_tandem: bool,
    active: bool,
}

impl TryFrom<Row> for Stored<Program> {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            version: row.version,
            changed_at: row.changed_at.to_jiff(),
            value: Program {
                id: row.id.into(),
                agency_id: row.agency_id.into(),
                name: Text::new(row.name_fr, row.name_en),
                discipline: row.discipline,
                user: row.uses_tandem,
                active: row.active,
            },
        })
    }
}

impl Table for Program {
    type Key = ProgramId;
    type Filter = Option<AgencyId>;

    fn key(&self) -> ProgramId {
        self.id
    }

    reads! {
        Row of "program": "id, version, changed_at, agency_id, name_fr, name_en, discipline, uses_tandem, active";
        key "id" as "uuid": uuid, after after_uuid;
        active "active"; order "case $6::text when 'en' then sort_key_en else sort_key_fr end";
        where " and ($7::uuid is null or agency_id = $7)";
        with |listing| listing.locale.code(), listing.filter.map(AgencyId::uuid)
    }

    async fn save(tx: &mut Tx, value: &Self, at: Timestamp) -> Result<i64, StoreError> {
        Ok(sqlx::query_scalar!(
            "insert into program
                 (id, changed_at, agency_id, name_fr, name_en, discipline, uses_tandem, active, sort_key_fr,
                  sort_key_en, search)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
             on conflict (id) do update set
                 version = program.version + 1,
                 changed_at = excluded.changed_at, agency_id = excluded.agency_id, name_fr = excluded.name_fr,
                 name_en = excluded.name_en, discipline = excluded.discipline, uses_tandem =
                 excluded.uses_tandem, active = excluded.active, sort_key_fr = excluded.sort_key_fr, sort_key_en
                 = excluded.sort_key_en, search = excluded.search
             returning version",
            value.id.uuid(),
            at.to_sqlx(),
            value.agency_id.uuid(),
            value.name.fr,
            value.name.en,
            value.discipline,
            value.user,
            value.active,
            value.sort_key(Locale::Fr),
            value.sort_key(Locale::En),
            value.search_text(),
        )
        .fetch_one(&mut **tx)
        .await?)
    }
}
