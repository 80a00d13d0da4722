//! Curricula of schools: table `program`.

use chassis::{StoreError, Tx};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;
use kernel::{AgencyId, Locale, ProgramId, Text};
use uuid::Uuid;

use crate::{
    programs::domain::program::Program,
    resources::{
        Listing, Sorted as _, Stored, Table,
        row::{many, one},
    },
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

    async fn find(tx: &mut Tx, key: &ProgramId) -> Result<Option<Stored<Self>>, StoreError> {
        let row = sqlx::query_as!(
            Row,
            r#"select id, version, changed_at, agency_id, name_fr, name_en, discipline, uses_tandem, active
             from program where id = $1"#,
            key.uuid(),
        );
        one(row.fetch_optional(&mut **tx).await?)
    }

    async fn lock(tx: &mut Tx, key: &ProgramId) -> Result<(), StoreError> {
        sqlx::query!("select id from program where id = $1 for update", key.uuid()).fetch_optional(&mut **tx).await?;
        Ok(())
    }

    async fn list(tx: &mut Tx, listing: &Listing<Option<AgencyId>>) -> Result<Vec<Stored<Self>>, StoreError> {
        let rows = sqlx::query_as!(
            Row,
            r#"select id, version, changed_at, agency_id, name_fr, name_en, discipline, uses_tandem, active
             from program
             where ($1::uuid is null or agency_id = $1)
               and (active or $2)
               and strpos(search, $3) > 0
               and ($5::text is null or (case $4::text when 'en' then sort_key_en else sort_key_fr end, id) >
                    ($5, $6::uuid))
             order by case $4::text when 'en' then sort_key_en else sort_key_fr end, id
             limit $7"#,
            listing.filter.map(AgencyId::uuid),
            listing.include_inactive,
            listing.query,
            listing.locale.code(),
            listing.after_key(),
            listing.after_uuid(),
            listing.limit,
        );
        many(rows.fetch_all(&mut **tx).await?)
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
