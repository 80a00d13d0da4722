//! Units that receive students: table `destination`.

use chassis::{StoreError, Tx};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;
use kernel::{DestinationId, Locale, PersonId, ServiceId, SiteId, Text};
use uuid::Uuid;

use crate::{
    organisations::domain::destination::{Destination, Filter, Shift},
    resources::{Sorted as _, Stored, Table, reads},
};

struct Row {
    id: Uuid,
    version: i64,
    changed_at: jiff_sqlx::Timestamp,
    site_id: Uuid,
    name: String,
    short_name: String,
    agent_id: Option<Uuid>,
    capacity: i32,
    maximum_group_size: i32,
    description_fr: String,
    description_en: String,
    location: String,
    shifts: Vec<String>,
    minimum_notice_weeks: i32,
    prerequisites_fr: String,
    prerequisites_en: String,
    active: bool,
    service_ids: Vec<Uuid>,
}

impl TryFrom<Row> for Stored<Destination> {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            version: row.version,
            changed_at: row.changed_at.to_jiff(),
            value: Destination {
                id: row.id.into(),
                site_id: row.site_id.into(),
                service_ids: row.service_ids.into_iter().map(Into::into).collect(),
                name: row.name,
                short_name: row.short_name,
                agent_id: row.agent_id.map(Into::into),
                capacity: row.capacity,
                maximum_group_size: row.maximum_group_size,
                description: Text::new(row.description_fr, row.description_en),
                location: row.location,
                shifts: row.shifts.iter().map(|s| shift_of(row.id, s)).collect::<Result<_, _>>()?,
                minimum_notice_weeks: row.minimum_notice_weeks,
                prerequisites: Text::new(row.prerequisites_fr, row.prerequisites_en),
                active: row.active,
            },
        })
    }
}

impl Table for Destination {
    type Key = DestinationId;
    type Filter = Filter;

    fn key(&self) -> DestinationId {
        self.id
    }

    reads! {
        Row of "destination": r#"id, version, changed_at, site_id, name, short_name, agent_id, capacity,
            maximum_group_size, description_fr, description_en, location, shifts, minimum_notice_weeks,
            prerequisites_fr, prerequisites_en, active,
            array(select s.service_id from destination_service s
            where s.destination_id = destination.id order by s.ordinal) as "service_ids!""#;
        key "id" as "uuid": uuid, after after_uuid;
        active "active"; order "sort_key";
        where " and ($6::uuid is null or site_id = $6)
               and ($7::uuid is null or exists (
                   select from destination_service s where s.destination_id = destination.id and s.service_id = $7))";
        with |listing| listing.filter.site.map(SiteId::uuid), listing.filter.service.map(ServiceId::uuid)
    }

    async fn save(tx: &mut Tx, value: &Self, at: Timestamp) -> Result<i64, StoreError> {
        let version = sqlx::query_scalar!(
            "insert into destination
                 (id, changed_at, site_id, name, short_name, agent_id, capacity, maximum_group_size, active,
                  sort_key, search, description_fr, description_en, location, shifts, minimum_notice_weeks,
                  prerequisites_fr, prerequisites_en)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
             on conflict (id) do update set
                 version = destination.version + 1,
                 changed_at = excluded.changed_at, site_id = excluded.site_id, name = excluded.name, short_name
                 = excluded.short_name, agent_id = excluded.agent_id, capacity = excluded.capacity,
                 maximum_group_size = excluded.maximum_group_size, active = excluded.active, sort_key =
                 excluded.sort_key, search = excluded.search, description_fr = excluded.description_fr,
                 description_en = excluded.description_en, location = excluded.location, shifts = excluded.shifts,
                 minimum_notice_weeks = excluded.minimum_notice_weeks, prerequisites_fr = excluded.prerequisites_fr,
                 prerequisites_en = excluded.prerequisites_en
             returning version",
            value.id.uuid(),
            at.to_sqlx(),
            value.site_id.uuid(),
            value.name,
            value.short_name,
            value.agent_id.map(PersonId::uuid),
            value.capacity,
            value.maximum_group_size,
            value.active,
            value.sort_key(Locale::Fr),
            value.search_text(),
            value.description.fr,
            value.description.en,
            value.location,
            &shifts(value),
            value.minimum_notice_weeks,
            value.prerequisites.fr,
            value.prerequisites.en,
        )
        .fetch_one(&mut **tx)
        .await?;
        serve(tx, value).await?;
        Ok(version)
    }
}

async fn serve(tx: &mut Tx, value: &Destination) -> Result<(), StoreError> {
    let services: Vec<Uuid> = value.service_ids.iter().map(|s| s.uuid()).collect();
    sqlx::query!("delete from destination_service where destination_id = $1", value.id.uuid())
        .execute(&mut **tx)
        .await?;
    sqlx::query!(
        "insert into destination_service (destination_id, service_id, ordinal)
         select $1, service, place::integer from unnest($2::uuid[]) with ordinality as t (service, place)",
        value.id.uuid(),
        &services,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

fn shifts(value: &Destination) -> Vec<String> {
    value.shifts.iter().map(|s| s.code().to_owned()).collect()
}

fn shift_of(id: Uuid, name: &str) -> Result<Shift, StoreError> {
    [Shift::Day, Shift::Evening, Shift::Night]
        .into_iter()
        .find(|s| s.code() == name)
        .ok_or_else(|| StoreError::inconsistent("destination", "shifts", id))
}
