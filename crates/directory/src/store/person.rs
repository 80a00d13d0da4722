//! People, who are read a few at a time.

use kernel::PersonId;
use serde::{Deserialize, Serialize};
use sqlx::{AssertSqlSafe, PgExecutor, types::Json};
use uuid::Uuid;

use super::table::{Inconsistent, names, row};
use crate::model::{Grant, Level, Person, Role, Scope, ScopeKind};

row!(PersonRow in "directory_person" by id: "uuid" {
    agency_id: Option<Uuid> as "uuid",
    first_name: String as "text",
    last_name: String as "text",
    title: String as "text",
    email: String as "text",
    phone: String as "text",
    language: String as "text",
    active: bool as "boolean",
    account_active: bool as "boolean",
    alerts_accepted: bool as "boolean",
    grants: Vec<StoredGrant> as "jsonb",
});

#[derive(Serialize, Deserialize)]
struct StoredGrant {
    role: String,
    level: String,
    kind: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<Uuid>,
}

impl From<&Grant> for StoredGrant {
    fn from(grant: &Grant) -> Self {
        Self {
            role: grant.role.code().to_owned(),
            level: grant.level.code().to_owned(),
            kind: grant.scope.kind().code().to_owned(),
            id: grant.scope.id(),
        }
    }
}

impl StoredGrant {
    fn read(&self) -> Option<Grant> {
        Some(Grant {
            role: Role::parse(&self.role)?,
            level: Level::parse(&self.level)?,
            scope: Scope::new(ScopeKind::parse(&self.kind)?, self.id.unwrap_or_default()),
        })
    }
}

impl From<&Person> for PersonRow {
    fn from(person: &Person) -> Self {
        Self {
            id: person.id.uuid(),
            agency_id: person.agency.map(Into::into),
            first_name: person.first_name.clone(),
            last_name: person.last_name.clone(),
            title: person.title.clone(),
            email: person.email.clone(),
            phone: person.phone.clone(),
            language: person.locale.code().to_owned(),
            active: person.active,
            account_active: person.account_active,
            alerts_accepted: person.alerts_accepted,
            grants: person.grants.iter().map(StoredGrant::from).collect(),
        }
    }
}

impl TryFrom<PersonRow> for Person {
    type Error = Inconsistent;

    fn try_from(row: PersonRow) -> Result<Self, Inconsistent> {
        let locale = row.language.parse().map_err(|_| Inconsistent::of(&row, "language"))?;
        let grants = row.grants.iter().map(StoredGrant::read).collect::<Option<_>>();
        let grants = grants.ok_or_else(|| Inconsistent::of(&row, "grants"))?;
        Ok(Self {
            id: row.id.into(),
            agency: row.agency_id.map(Into::into),
            first_name: row.first_name,
            last_name: row.last_name,
            title: row.title,
            email: row.email,
            phone: row.phone,
            locale,
            active: row.active,
            account_active: row.account_active,
            alerts_accepted: row.alerts_accepted,
            grants,
        })
    }
}

/// People as they were at one moment.
pub(crate) struct ReadPeople {
    /// Those who are there.
    pub(crate) people: Vec<Person>,
    /// The newest revision at that moment; `None` where it is the reader's own and not committed yet.
    pub(crate) revision: Option<i64>,
}

pub(crate) async fn read(executor: impl PgExecutor<'_>, ids: &[PersonId]) -> Result<ReadPeople, sqlx::Error> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.uuid()).collect();
    let statement = format!(
        "select to_jsonb(p), r.revision, coalesce(r.xmin = pg_current_xact_id_if_assigned()::xid, false)
         from directory_revision r, (select {} from directory_person where id = any($1)) p",
        names::<PersonRow>()
    );
    let rows: Vec<(Json<PersonRow>, i64, bool)> =
        sqlx::query_as(AssertSqlSafe(statement)).bind(ids).fetch_all(executor).await?;
    let revision = rows.first().and_then(|(_, revision, is_own)| (!is_own).then_some(*revision));
    let people = rows.into_iter().map(|(Json(row), ..)| Person::try_from(row));
    Ok(ReadPeople { people: people.collect::<Result<_, _>>()?, revision })
}
