//! Buildings of health organisations: table `site`.

use chassis::{StoreError, Tx};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;
use kernel::{AgencyId, Locale, SiteId};
use uuid::Uuid;

use crate::{
    organisations::domain::{
        address::{Coordinates, PostalCode},
        site::Site,
    },
    resources::{Sorted as _, Stored, Table, reads},
};

struct Row {
    id: Uuid,
    version: i64,
    changed_at: jiff_sqlx::Timestamp,
    agency_id: Uuid,
    name: String,
    kind: String,
    street: String,
    city: String,
    postal_code: Option<String>,
    latitude: Option<f64>,
    longitude: Option<f64>,
    time_zone: String,
    web_link: String,
    active: bool,
}

impl TryFrom<Row> for Stored<Site> {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            version: row.version,
            changed_at: row.changed_at.to_jiff(),
            value: Site {
                id: row.id.into(),
                agency_id: row.agency_id.into(),
                postal_code: postal_code(&row)?,
                coordinates: coordinates(&row)?,
                name: row.name,
                kind: row.kind,
                street: row.street,
                city: row.city,
                time_zone: row.time_zone,
                web_link: row.web_link,
                active: row.active,
            },
        })
    }
}

impl Table for Site {
    type Key = SiteId;
    type Filter = Option<AgencyId>;

    fn key(&self) -> SiteId {
        self.id
    }

    reads! {
        Row of "site": "id, version, changed_at, agency_id, name, kind, street, city, postal_code, latitude,
            longitude, time_zone, web_link, active";
        key "id" as "uuid": uuid, after after_uuid;
        active "active"; order "sort_key";
        where " and ($6::uuid is null or agency_id = $6)";
        with |listing| listing.filter.map(AgencyId::uuid)
    }

    async fn save(tx: &mut Tx, value: &Self, at: Timestamp) -> Result<i64, StoreError> {
        Ok(sqlx::query_scalar!(
            "insert into site
                 (id, changed_at, agency_id, name, kind, street, city, postal_code, latitude, longitude, active,
                  sort_key, search, time_zone, web_link)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
             on conflict (id) do update set
                 version = site.version + 1,
                 changed_at = excluded.changed_at, agency_id = excluded.agency_id, name = excluded.name, kind =
                 excluded.kind, street = excluded.street, city = excluded.city, postal_code =
                 excluded.postal_code, latitude = excluded.latitude, longitude = excluded.longitude, active =
                 excluded.active, sort_key = excluded.sort_key, search = excluded.search,
                 time_zone = excluded.time_zone, web_link = excluded.web_link
             returning version",
            value.id.uuid(),
            at.to_sqlx(),
            value.agency_id.uuid(),
            value.name,
            value.kind,
            value.street,
            value.city,
            value.postal_code.as_ref().map(PostalCode::as_str),
            value.coordinates.map(Coordinates::latitude),
            value.coordinates.map(Coordinates::longitude),
            value.active,
            value.sort_key(Locale::Fr),
            value.search_text(),
            value.time_zone,
            value.web_link,
        )
        .fetch_one(&mut **tx)
        .await?)
    }
}

fn postal_code(row: &Row) -> Result<Option<PostalCode>, StoreError> {
    row.postal_code.as_deref().map(str::parse).transpose().map_err(|_| inconsistent(row, "postal_code"))
}

fn coordinates(row: &Row) -> Result<Option<Coordinates>, StoreError> {
    match (row.latitude, row.longitude) {
        (None, None) => Ok(None),
        (Some(north), Some(east)) if Coordinates::new(north, east).is_some() => Ok(Coordinates::new(north, east)),
        _ => Err(inconsistent(row, "latitude")),
    }
}

fn inconsistent(row: &Row, column: &'static str) -> StoreError {
    StoreError::inconsistent("site", column, row.id)
}
