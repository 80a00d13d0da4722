//! The copy of identity's people: table `person_copy`.

use chassis::db::Tx;
use kernel::PersonId;

use crate::domain::{Card, Person};

/// What is known of a person.
///
/// # Errors
/// If the database fails.
pub async fn find(tx: &mut Tx, id: PersonId) -> Result<Option<Person>, sqlx::Error> {
    let row =
        sqlx::query!("select agency_id, active, name, title, email, phone from person_copy where id = $1", id.uuid());
    let row = row.fetch_optional(&mut **tx).await?;
    Ok(row.map(|r| Person {
        id,
        agency_id: r.agency_id.into(),
        active: r.active,
        card: Card { name: r.name, title: r.title, email: r.email, phone: r.phone },
    }))
}

/// Writes what a version of the record says, unless a newer one is known.
///
/// # Errors
/// If the database fails.
pub async fn record(tx: &mut Tx, person: &Person, version: i64) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into person_copy (id, version, agency_id, active, name, title, email, phone)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (id) do update
             set version = excluded.version, agency_id = excluded.agency_id, active = excluded.active,
                 name = excluded.name, title = excluded.title, email = excluded.email, phone = excluded.phone
             where person_copy.version < excluded.version",
        person.id.uuid(),
        version,
        person.agency_id.uuid(),
        person.active,
        person.card.name,
        person.card.title,
        person.card.email,
        person.card.phone,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
