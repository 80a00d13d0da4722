//! Staff records.

use chassis::{StoreError, Tx};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;
use kernel::PersonId;
use uuid::Uuid;

use crate::people::domain::person::{Card, PageKey, Person, PersonFilter};

/// Columns of a staff record.
pub(crate) struct Row {
    pub(crate) id: Uuid,
    pub(crate) agency_id: Option<Uuid>,
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    pub(crate) title: String,
    pub(crate) email: String,
    pub(crate) phone: String,
    pub(crate) language: String,
    pub(crate) active: bool,
    pub(crate) version: i64,
    pub(crate) updated_at: jiff_sqlx::Timestamp,
}

impl TryFrom<Row> for Person {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let language = row.language.parse().map_err(|_| StoreError::inconsistent("person", "language", row.id))?;
        Ok(Self {
            id: row.id.into(),
            agency: row.agency_id.map(Into::into),
            card: Card {
                first_name: row.first_name,
                last_name: row.last_name,
                title: row.title,
                email: row.email,
                phone: row.phone,
                language,
            },
            active: row.active,
            version: row.version,
            updated_at: row.updated_at.to_jiff(),
        })
    }
}

/// Adds a record with version 0: the announcement of it makes that 1.
///
/// # Errors
/// [`StoreError`].
pub async fn insert(tx: &mut Tx, person: &Person) -> Result<(), StoreError> {
    let card = &person.card;
    let (last_key, first_key) = card.sort_keys();
    sqlx::query!(
        "INSERT INTO person (id, agency_id, first_name, last_name, title, email, phone, language, active,
                             last_key, first_key, search_key, version, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 0, $13, $13)",
        person.id.uuid(),
        person.agency.map(|id| id.uuid()),
        card.first_name,
        card.last_name,
        card.title,
        card.email,
        card.phone,
        card.language.code(),
        person.active,
        last_key,
        first_key,
        card.search_key(),
        person.updated_at.to_sqlx() as _,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Writes a record's fields; version and time change with the announcement.
///
/// # Errors
/// [`StoreError`].
pub async fn update(tx: &mut Tx, person: &Person) -> Result<(), StoreError> {
    let card = &person.card;
    let (last_key, first_key) = card.sort_keys();
    sqlx::query!(
        "UPDATE person SET first_name = $2, last_name = $3, title = $4, email = $5, phone = $6, language = $7,
                           active = $8, last_key = $9, first_key = $10, search_key = $11
         WHERE id = $1",
        person.id.uuid(),
        card.first_name,
        card.last_name,
        card.title,
        card.email,
        card.phone,
        card.language.code(),
        person.active,
        last_key,
        first_key,
        card.search_key(),
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Counts a change of the record, its account or its grants; answers the new version.
///
/// # Errors
/// [`StoreError`].
pub async fn next_version(tx: &mut Tx, id: PersonId, now: Timestamp) -> Result<i64, StoreError> {
    let row = sqlx::query!(
        "UPDATE person SET version = version + 1, updated_at = $2 WHERE id = $1 RETURNING version",
        id.uuid(),
        now.to_sqlx() as _,
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(row.version)
}

/// One record.
///
/// # Errors
/// [`StoreError`].
pub async fn find(tx: &mut Tx, id: PersonId) -> Result<Option<Person>, StoreError> {
    sqlx::query_as!(
        Row,
        r#"SELECT id, agency_id, first_name, last_name, title, email, phone, language, active, version,
                  updated_at AS "updated_at: _"
           FROM person WHERE id = $1"#,
        id.uuid(),
    )
    .fetch_optional(&mut **tx)
    .await?
    .map(TryInto::try_into)
    .transpose()
}

/// One record, held until the transaction ends. Whoever changes a person, an account or grants holds this row first, which
/// puts changes and their events in order.
///
/// # Errors
/// [`StoreError`].
pub async fn lock(tx: &mut Tx, id: PersonId) -> Result<Option<Person>, StoreError> {
    sqlx::query_as!(
        Row,
        r#"SELECT id, agency_id, first_name, last_name, title, email, phone, language, active, version,
                  updated_at AS "updated_at: _"
           FROM person WHERE id = $1 FOR NO KEY UPDATE"#,
        id.uuid(),
    )
    .fetch_optional(&mut **tx)
    .await?
    .map(TryInto::try_into)
    .transpose()
}

/// At most `limit` records behind `after`, by last name, then first name.
///
/// # Errors
/// [`StoreError`].
pub async fn page(
    tx: &mut Tx,
    filter: &PersonFilter,
    after: Option<&PageKey>,
    limit: i64,
) -> Result<Vec<Person>, StoreError> {
    let agencies = filter.agencies.as_ref().map(|ids| ids.iter().map(|id| id.uuid()).collect::<Vec<_>>());
    sqlx::query_as!(
        Row,
        r#"SELECT id, agency_id, first_name, last_name, title, email, phone, language, active, version,
                  updated_at AS "updated_at: _"
           FROM person
           WHERE ($1::uuid[] IS NULL OR agency_id = ANY($1))
             AND (active OR $2)
             AND search_key ~ ALL($3)
             AND ($6::uuid IS NULL OR (last_key, first_key, id) > ($4, $5, $6))
           ORDER BY last_key, first_key, id
           LIMIT $7"#,
        agencies.as_deref(),
        filter.include_inactive,
        &filter.query.patterns(),
        after.map(|key| key.last.as_str()),
        after.map(|key| key.first.as_str()),
        after.map(|key| key.id.uuid()),
        limit,
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(TryInto::try_into)
    .collect()
}
