//! Dated codes for kinds of placements: table `placement_type`.

use chassis::{StoreError, Tx};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use kernel::{Locale, Text};

use crate::{
    codes::domain::placement_type::PlacementType,
    resources::{
        Code, Listing, Sorted as _, Stored, Table,
        row::{code, many, one},
    },
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

    async fn find(tx: &mut Tx, key: &Code) -> Result<Option<Stored<Self>>, StoreError> {
        let row = sqlx::query_as!(
            Row,
            r#"select code, version, changed_at, name_fr, name_en, valid_from, valid_to
             from placement_type where code = $1"#,
            key.as_str(),
        );
        one(row.fetch_optional(&mut **tx).await?)
    }

    async fn lock(tx: &mut Tx, key: &Code) -> Result<(), StoreError> {
        sqlx::query!("select code from placement_type where code = $1 for update", key.as_str())
            .fetch_optional(&mut **tx)
            .await?;
        Ok(())
    }

    async fn list(tx: &mut Tx, listing: &Listing<()>) -> Result<Vec<Stored<Self>>, StoreError> {
        let rows = sqlx::query_as!(
            Row,
            r#"select code, version, changed_at, name_fr, name_en, valid_from, valid_to
             from placement_type
             where ($1 or valid_to is null or valid_to >= $2::date)
               and strpos(search, $3) > 0
               and ($4::text is null or (sort_key, code) > ($4, $5::text))
             order by sort_key, code
             limit $6"#,
            listing.include_inactive,
            listing.today.to_sqlx(),
            listing.query,
            listing.after_key(),
            listing.after_code(),
            listing.limit,
        );
        many(rows.fetch_all(&mut **tx).await?)
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
