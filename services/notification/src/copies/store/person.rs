//! The copy of people: names, addresses, languages.

use kernel::PersonId;
use uuid::Uuid;

use super::super::domain::Person;
use super::{Error, Tx};

struct Row {
    id: Uuid,
    first_name: String,
    last_name: String,
    email: String,
    language: String,
    active: bool,
    account_active: bool,
    alerts_accepted: bool,
}

impl TryFrom<Row> for Person {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        let wrong = |_| Error::inconsistent("person_copy", "language", row.id);
        Ok(Self {
            id: row.id.into(),
            first_name: row.first_name,
            last_name: row.last_name,
            email: row.email,
            locale: row.language.parse().map_err(wrong)?,
            active: row.active,
            account_active: row.account_active,
            alerts_accepted: row.alerts_accepted,
        })
    }
}

/// Keeps a person unless a newer version is there.
pub(crate) async fn keep(tx: &mut Tx, version: i64, person: &Person) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO person_copy
             (id, version, first_name, last_name, email, language, active, account_active, alerts_accepted)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (id) DO UPDATE
         SET version = excluded.version, first_name = excluded.first_name, last_name = excluded.last_name,
             email = excluded.email, language = excluded.language, active = excluded.active,
             account_active = excluded.account_active, alerts_accepted = excluded.alerts_accepted
         WHERE person_copy.version < excluded.version",
        person.id.uuid(),
        version,
        person.first_name,
        person.last_name,
        person.email,
        person.locale.code(),
        person.active,
        person.account_active,
        person.alerts_accepted,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// A person, if known here.
pub(crate) async fn find(tx: &mut Tx, person: PersonId) -> Result<Option<Person>, Error> {
    let row = sqlx::query_as!(
        Row,
        "SELECT id, first_name, last_name, email, language, active, account_active, alerts_accepted
         FROM person_copy WHERE id = $1",
        person.uuid(),
    )
    .fetch_optional(&mut **tx)
    .await?;
    row.map(Person::try_from).transpose()
}
