//! Clinical services at sites: table `service`.

use chassis::{StoreError, Tx};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;
use kernel::{Locale, ServiceId, SiteId, Text};
use uuid::Uuid;

use crate::{
    organisations::domain::service::Service,
    resources::{Sorted as _, Stored, Table, reads},
};

struct Row {
    id: Uuid,
    version: i64,
    changed_at: jiff_sqlx::Timestamp,
    site_id: Uuid,
    name_fr: String,
    name_en: String,
    receiving_coordinator_id: Uuid,
    automatic_redirect: bool,
    active: bool,
}

impl TryFrom<Row> for Stored<Service> {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            version: row.version,
            changed_at: row.changed_at.to_jiff(),
            value: Service {
                id: row.id.into(),
                site_id: row.site_id.into(),
                name: Text::new(row.name_fr, row.name_en),
                receiving_coordinator_id: row.receiving_coordinator_id.into(),
                automatic_redirect: row.automatic_redirect,
                active: row.active,
            },
        })
    }
}

impl Table for Service {
    type Key = ServiceId;
    type Filter = Option<SiteId>;

    fn key(&self) -> ServiceId {
        self.id
    }

    reads! {
        Row of "service": "id, version, changed_at, site_id, name_fr, name_en, receiving_coordinator_id,
            automatic_redirect, active";
        key "id" as "uuid": uuid, after after_uuid;
        active "active"; order "case $6::text when 'en' then sort_key_en else sort_key_fr end";
        where " and ($7::uuid is null or site_id = $7)";
        with |listing| listing.locale.code(), listing.filter.map(SiteId::uuid)
    }

    async fn save(tx: &mut Tx, value: &Self, at: Timestamp) -> Result<i64, StoreError> {
        Ok(sqlx::query_scalar!(
            "insert into service
                 (id, changed_at, site_id, name_fr, name_en, receiving_coordinator_id, automatic_redirect,
                  active, sort_key_fr, sort_key_en, search)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
             on conflict (id) do update set
                 version = service.version + 1,
                 changed_at = excluded.changed_at, site_id = excluded.site_id, name_fr = excluded.name_fr,
                 name_en = excluded.name_en, receiving_coordinator_id = excluded.receiving_coordinator_id,
                 automatic_redirect = excluded.automatic_redirect, active = excluded.active, sort_key_fr =
                 excluded.sort_key_fr, sort_key_en = excluded.sort_key_en, search = excluded.search
             returning version",
            value.id.uuid(),
            at.to_sqlx(),
            value.site_id.uuid(),
            value.name.fr,
            value.name.en,
            value.receiving_coordinator_id.uuid(),
            value.automatic_redirect,
            value.active,
            value.sort_key(Locale::Fr),
            value.sort_key(Locale::En),
            value.search_text(),
        )
        .fetch_one(&mut **tx)
        .await?)
    }
}
