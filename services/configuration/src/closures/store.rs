//! Days on which places take no students: table `closure`.

use chassis::{StoreError, Tx};
use directory::model::ClosureReason;
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use kernel::{AgencyId, ClosureId, DateRange, DestinationId, Locale, SiteId};
use uuid::Uuid;

use crate::{
    closures::domain::{Closure, ClosureSeverity, Filter, Place},
    resources::{Sorted as _, Stored, Table, reads},
};

struct Row {
    id: Uuid,
    version: i64,
    changed_at: jiff_sqlx::Timestamp,
    agency_id: Option<Uuid>,
    site_id: Option<Uuid>,
    destination_id: Option<Uuid>,
    start_date: jiff_sqlx::Date,
    end_date: jiff_sqlx::Date,
    reason: String,
    severity: String,
    note: String,
    active: bool,
}

impl TryFrom<Row> for Stored<Closure> {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let wrong = |column| StoreError::inconsistent("closure", column, row.id);
        let place =
            Place::only(row.agency_id.map(Into::into), row.site_id.map(Into::into), row.destination_id.map(Into::into));
        let days = DateRange::new(row.start_date.to_jiff(), row.end_date.to_jiff());
        Ok(Self {
            version: row.version,
            changed_at: row.changed_at.to_jiff(),
            value: Closure {
                id: row.id.into(),
                place: place.ok_or_else(|| wrong("agency_id"))?,
                days: days.map_err(|_| wrong("end_date"))?,
                reason: ClosureReason::parse(&row.reason).ok_or_else(|| wrong("reason"))?,
                severity: ClosureSeverity::parse(&row.severity).ok_or_else(|| wrong("severity"))?,
                note: row.note,
                active: row.active,
            },
        })
    }
}

impl Table for Closure {
    type Key = ClosureId;
    type Filter = Filter;

    fn key(&self) -> ClosureId {
        self.id
    }

    // A place is touched by closures of what stands above it and of what stands below it.
    reads! {
        Row of "closure": "id, version, changed_at, agency_id, site_id, destination_id, start_date, end_date, reason, severity,
            note, active";
        key "id" as "uuid": uuid, after after_uuid;
        active "active and ($9::date is not null or end_date >= $11)"; order "sort_key";
        where " and ($6::uuid is null or agency_id = $6
                 or site_id in (select s.id from site s where s.agency_id = $6)
                 or destination_id in (select d.id from destination d join site s on s.id = d.site_id
                                       where s.agency_id = $6))
               and ($7::uuid is null or site_id = $7
                 or agency_id = (select s.agency_id from site s where s.id = $7)
                 or destination_id in (select d.id from destination d where d.site_id = $7))
               and ($8::uuid is null or destination_id = $8
                 or site_id = (select d.site_id from destination d where d.id = $8)
                 or agency_id = (select s.agency_id from destination d join site s on s.id = d.site_id where d.id = $8))
               and ($9::date is null or end_date >= $9)
               and ($10::date is null or start_date <= $10)";
        with |listing|
            listing.filter.agency.map(AgencyId::uuid),
            listing.filter.site.map(SiteId::uuid),
            listing.filter.destination.map(DestinationId::uuid),
            listing.filter.from.map(ToSqlx::to_sqlx) as _,
            listing.filter.to.map(ToSqlx::to_sqlx) as _,
            listing.today.to_sqlx() as _,
    }

    async fn save(tx: &mut Tx, value: &Self, at: Timestamp) -> Result<i64, StoreError> {
        Ok(sqlx::query_scalar!(
            "insert into closure
                 (id, changed_at, agency_id, site_id, destination_id, start_date, end_date, reason, severity, note,
                  active, sort_key, search)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
             on conflict (id) do update set
                 version = closure.version + 1,
                 changed_at = excluded.changed_at, agency_id = excluded.agency_id, site_id = excluded.site_id,
                 destination_id = excluded.destination_id, start_date = excluded.start_date,
                 end_date = excluded.end_date, reason = excluded.reason, severity = excluded.severity,
                 note = excluded.note, active = excluded.active, sort_key = excluded.sort_key,
                 search = excluded.search
             returning version",
            value.id.uuid(),
            at.to_sqlx(),
            value.place.agency().map(AgencyId::uuid),
            value.place.site().map(SiteId::uuid),
            value.place.destination().map(DestinationId::uuid),
            value.days.start().to_sqlx() as _,
            value.days.end().to_sqlx() as _,
            value.reason.code(),
            value.severity.code(),
            value.note,
            value.active,
            value.sort_key(Locale::Fr),
            value.search_text(),
        )
        .fetch_one(&mut **tx)
        .await?)
    }
}
