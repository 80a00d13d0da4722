//! Schools and health organisations: table `agency`.

use chassis::{StoreError, Tx};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;
use kernel::{AgencyId, Locale};
use uuid::Uuid;

use crate::{
    organisations::domain::agency::{Agency, AgencyKind},
    resources::{
        Listing, Sorted as _, Stored, Table,
        row::{many, one},
    },
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
    type Filter = Option<AgencyKind>;

    fn key(&self) -> AgencyId {
        self.id
    }

    async fn find(tx: &mut Tx, key: &AgencyId) -> Result<Option<Stored<Self>>, StoreError> {
        let row = sqlx::query_as!(
            Row,
            r#"select id, version, changed_at, kind, name, short_name, uses_tandem, city, active
             from agency where id = $1"#,
            key.uuid(),
        );
        one(row.fetch_optional(&mut **tx).await?)
    }

    async fn lock(tx: &mut Tx, key: &AgencyId) -> Result<(), StoreError> {
        sqlx::query!("select id from agency where id = $1 for update", key.uuid()).fetch_optional(&mut **tx).await?;
        Ok(())
    }

    async fn list(tx: &mut Tx, listing: &Listing<Option<AgencyKind>>) -> Result<Vec<Stored<Self>>, StoreError> {
        let rows = sqlx::query_as!(
            Row,
            r#"select id, version, changed_at, kind, name, short_name, uses_tandem, city, active
             from agency
             where ($1::text is null or kind = $1)
               and (active or $2)
               and strpos(search, $3) > 0
               and ($4::text is null or (sort_key, id) > ($4, $5::uuid))
             order by sort_key, id
             limit $6"#,
            listing.filter.map(kind_name),
            listing.include_inactive,
            listing.query,
            listing.after_key(),
            listing.after_uuid(),
            listing.limit,
        );
        many(rows.fetch_all(&mut **tx).await?)
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
            kind_name(value.kind),
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

pub(crate) const fn kind_name(kind: AgencyKind) -> &'static str {
    match kind {
        AgencyKind::Placing => "PLACING",
        AgencyKind::Receiving => "RECEIVING",
    }
}

pub(crate) fn parse_kind(kind: &str) -> Option<AgencyKind> {
    [AgencyKind::Placing, AgencyKind::Receiving].into_iter().find(|k| kind_name(*k) == kind)
}

fn kind_of(row: &Row) -> Result<AgencyKind, StoreError> {
    parse_kind(&row.kind).ok_or_else(|| StoreError::inconsistent("agency", "kind", row.id))
}
