//! People with account and grants.

use std::collections::HashMap;

use chassis::{StoreError, Tx};
use kernel::PersonId;
use uuid::Uuid;

use crate::{
    accounts,
    grants::{self, Grant},
    people::{
        domain::{person::Person, profile::Profile},
        store,
    },
};

/// One person with account and grants.
///
/// # Errors
/// [`StoreError`].
pub async fn find(tx: &mut Tx, id: PersonId) -> Result<Option<Profile>, StoreError> {
    let Some(person) = store::person::find(tx, id).await? else { return Ok(None) };
    Ok(complete(tx, vec![person]).await?.pop())
}

/// One person who is there, with account and grants.
///
/// # Errors
/// [`StoreError`], also if there is no such person.
pub async fn get(tx: &mut Tx, id: PersonId) -> Result<Profile, StoreError> {
    Ok(find(tx, id).await?.ok_or(sqlx::Error::RowNotFound)?)
}

/// At most `limit` people behind `after`, in the order of their ids.
///
/// # Errors
/// [`StoreError`].
pub async fn page(tx: &mut Tx, after: Option<PersonId>, limit: i64) -> Result<Vec<Profile>, StoreError> {
    let people = sqlx::query_as!(
        store::person::Row,
        r#"SELECT id, agency_id, first_name, last_name, title, email, phone, language, active, version,
                  updated_at AS "updated_at: _"
           FROM person WHERE id > $1 ORDER BY id LIMIT $2"#,
        after.map_or_else(Uuid::nil, PersonId::uuid),
        limit,
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(TryInto::try_into)
    .collect::<Result<Vec<_>, _>>()?;
    complete(tx, people).await
}

async fn complete(tx: &mut Tx, people: Vec<Person>) -> Result<Vec<Profile>, StoreError> {
    let ids: Vec<_> = people.iter().map(|person| person.id.uuid()).collect();
    let accounts = accounts::of_people(tx, &ids).await?;
    let mut accounts: HashMap<_, _> = accounts.into_iter().map(|account| (account.person, account)).collect();
    let mut grants: HashMap<PersonId, Vec<Grant>> = HashMap::new();
    for (person, grant) in grants::of_people(tx, &ids).await? {
        grants.entry(person).or_default().push(grant);
    }
    let profile = |person: Person| {
        let (account, grants) = (accounts.remove(&person.id), grants.remove(&person.id).unwrap_or_default());
        Profile { person, account, grants }
    };
    Ok(people.into_iter().map(profile).collect())
}
