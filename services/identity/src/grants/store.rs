//! Grants.

use chassis::{StoreError, Tx};
use directory::model::{Grant as Right, Level, Role, Scope, ScopeKind};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;
use kernel::{GrantId, PersonId};
use uuid::Uuid;

use crate::grants::domain::Grant;

struct Row {
    id: Uuid,
    person_id: Uuid,
    role: String,
    level: String,
    scope_kind: String,
    scope_id: Option<Uuid>,
}

impl TryFrom<Row> for (PersonId, Grant) {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let wrong_in = |column| StoreError::inconsistent("role_grant", column, row.id);
        let kind = ScopeKind::parse(&row.scope_kind).ok_or_else(|| wrong_in("scope_kind"))?;
        let scope = Scope::new(kind, row.scope_id.unwrap_or_default());
        let right = Right {
            role: Role::parse(&row.role).ok_or_else(|| wrong_in("role"))?,
            level: Level::parse(&row.level).ok_or_else(|| wrong_in("level"))?,
            scope,
        };
        Ok((row.person_id.into(), Grant { id: row.id.into(), right }))
    }
}

/// Adds a grant. Answers `false`, and does nothing, if the person has the role there already.
///
/// # Errors
/// [`StoreError`].
pub async fn insert(
    tx: &mut Tx,
    person: PersonId,
    grant: &Grant,
    by: Option<PersonId>,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let done = sqlx::query!(
        "INSERT INTO role_grant (id, person_id, role, level, scope_kind, scope_id, given_at, given_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (person_id, role, scope_kind, scope_id) DO NOTHING",
        grant.id.uuid(),
        person.uuid(),
        grant.right.role.code(),
        grant.right.level.code(),
        grant.right.scope.kind().code(),
        grant.right.scope.id(),
        now.to_sqlx() as _,
        by.map(|id| id.uuid()),
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes a grant away.
///
/// # Errors
/// [`StoreError`].
pub async fn delete(tx: &mut Tx, id: GrantId) -> Result<(), StoreError> {
    sqlx::query!("DELETE FROM role_grant WHERE id = $1", id.uuid()).execute(&mut **tx).await?;
    Ok(())
}

/// A person's grants, the oldest first.
///
/// # Errors
/// [`StoreError`].
pub async fn of_person(tx: &mut Tx, person: PersonId) -> Result<Vec<Grant>, StoreError> {
    Ok(of_people(tx, &[person.uuid()]).await?.into_iter().map(|(_, grant)| grant).collect())
}

/// The grants of some people, the oldest first.
///
/// # Errors
/// [`StoreError`].
pub async fn of_people(tx: &mut Tx, people: &[Uuid]) -> Result<Vec<(PersonId, Grant)>, StoreError> {
    sqlx::query_as!(
        Row,
        "SELECT id, person_id, role, level, scope_kind, scope_id FROM role_grant
         WHERE person_id = ANY($1) ORDER BY given_at, id",
        people,
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(TryInto::try_into)
    .collect()
}

/// The operators who can sign in: of those with a temporary password, whoever has had it since `invited_after`.
///
/// # Errors
/// [`StoreError`].
pub async fn usable_operators(tx: &mut Tx, invited_after: Timestamp) -> Result<Vec<PersonId>, StoreError> {
    let rows = sqlx::query!(
        "SELECT person_id FROM role_grant JOIN account USING (person_id) JOIN person ON person.id = person_id
         WHERE role = 'OPERATOR' AND level = 'LOCAL_ADMINISTRATOR' AND person.active
           AND (state = 'ACTIVE' OR (state = 'INVITED' AND password_set_at > $1))",
        invited_after.to_sqlx() as _,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|row| row.person_id.into()).collect())
}

/// The logins of all who administer as operators, whether they can sign in or not.
///
/// # Errors
/// [`StoreError`].
pub async fn operators_logins(tx: &mut Tx) -> Result<Vec<String>, StoreError> {
    let rows = sqlx::query!(
        "SELECT login FROM role_grant JOIN account USING (person_id)
         WHERE role = 'OPERATOR' AND level = 'LOCAL_ADMINISTRATOR' ORDER BY login",
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|row| row.login).collect())
}
