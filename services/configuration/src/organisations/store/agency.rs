//! Schools and health organisations: table `agency`.

use chassis::{StoreError, Tx};
use directory::model::Side;
use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;
use kernel::{AgencyId, Locale};
use uuid::Uuid;

use crate::{
    organisations::domain::agency::Agency,
    resources::{Sorted as _, Stored, Table, reads},
};

struct Row {
    id: Uuid,
    version: i64,
    changed_at: jiff_sqlx::Timestamp,
    kind: String,
    name: String,
    short_name: String,
    uses_tandem: bool,
    city: String,
    active: bool,
}

impl TryFrom<Row> for Stored<Agency> {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            version: row.version,
            changed_at: row.changed_at.to_jiff(),
            value: Agency {
                id: row.id.into(),
                kind: kind_of(&row)?,
                name: row.name,
                short_name: row.short_name,
                user: row.uses_tandem,
                city: row.city,
                active: row.active,
            },
        })
    }
}

impl Table for Agency {
    type Key = AgencyId;
    type Filter = Option<Side>;

    fn key(&self) -> AgencyId {
        self.id
    }

    reads! {
        Row of "agency": "id, version, changed_at, kind, name, short_name, uses_tandem, city, active";
        key "id" as "uuid": uuid, after after_uuid;
        active "active"; order "sort_key";
        where " and ($6::text is null or kind = $6)";
        with |listing| listing.filter.map(Side::code)
    }

    async fn save(tx: &mut Tx, value: &Self, at: Timestamp) -> Result<i64, StoreError> {
        Ok(sqlx::query_scalar!(
            "insert into agency
                 (id, changed_at, kind, name, short_name, uses_tandem, city, active, sort_key, search)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
             on conflict (id) do update set
                 version = agency.version + 1,
                 changed_at = excluded.changed_at, kind = excluded.kind, name = excluded.name, short_name =
                 excluded.short_name, uses_tandem = excluded.uses_tandem, city = excluded.city, active =
                 excluded.active, sort_key = excluded.sort_key, search = excluded.search
             returning version",
            value.id.uuid(),
            at.to_sqlx(),
            value.kind.code(),
            value.name,
            value.short_name,
            value.user,
            value.city,
            value.active,
            value.sort_key(Locale::Fr),
            value.search_text(),
        )
        .fetch_one(&mut **tx)
        .await?)
    }
}

fn kind_of(row: &Row) -> Result<Side, StoreError> {
    Side::parse(&row.kind).ok_or_else(|| StoreError::inconsistent("agency", "kind", row.id))
}
