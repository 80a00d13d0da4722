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

/// Whether anybody is an operator, and has had their temporary password, if they still have it, since `invited_after`.
///
/// # Errors
/// [`StoreError`].
pub async fn has_operator(tx: &mut Tx, invited_after: Timestamp) -> Result<bool, StoreError> {
    let row = sqlx::query!(
        r#"SELECT EXISTS (SELECT FROM role_grant JOIN account USING (person_id)
                          WHERE role = 'OPERATOR' AND level = 'LOCAL_ADMINISTRATOR'
                            AND (state <> 'INVITED' OR password_set_at > $1)) AS "exists!""#,
        invited_after.to_sqlx() as _,
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(row.exists)
}
