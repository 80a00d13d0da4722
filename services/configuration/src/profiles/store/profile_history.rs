//! Who changed what on profiles: table `profile_history`, written once, read from its end.

use std::collections::HashMap;

use chassis::{StoreError, Tx};
use jiff_sqlx::ToSqlx as _;
use kernel::{Locale, ServiceId};
use sqlx::types::Json;
use uuid::Uuid;

use crate::profiles::domain::profile_history::{FieldChange, Profile, ProfileChange, Standing};

/// Where a profile stands, if there is one.
///
/// # Errors
/// If the database fails.
pub async fn standing(tx: &mut Tx, profile: Profile) -> Result<Option<Standing>, StoreError> {
    match profile {
        Profile::Service(id) => {
            let row = sqlx::query!(
                "select s.site_id, t.agency_id from service s join site t on t.id = s.site_id where s.id = $1",
                id.uuid(),
            );
            let row = row.fetch_optional(&mut **tx).await?;
            Ok(row.map(|r| Standing {
                agency: r.agency_id.into(),
                site: r.site_id.into(),
                services: vec![id],
                destination: None,
            }))
        }
        Profile::Destination(id) => {
            let row = sqlx::query!(
                r#"select d.site_id, t.agency_id, array(
                       select u.service_id from destination_service u where u.destination_id = d.id
                   ) as "services!"
                   from destination d join site t on t.id = d.site_id where d.id = $1"#,
                id.uuid(),
            );
            let row = row.fetch_optional(&mut **tx).await?;
            Ok(row.map(|r| Standing {
                agency: r.agency_id.into(),
                site: r.site_id.into(),
                services: r.services.into_iter().map(ServiceId::from).collect(),
                destination: Some(id),
            }))
        }
    }
}

/// Adds a change.
///
/// # Errors
/// If the database fails.
pub async fn append(tx: &mut Tx, profile: Profile, change: &ProfileChange) -> Result<(), StoreError> {
    let (kind, id) = key(profile);
    sqlx::query!(
        "insert into profile_history (profile_kind, profile_id, version, id, at, person_id, changes)
         values ($1, $2, $3, $4, $5, $6, $7)",
        kind,
        id,
        change.version,
        change.id.uuid(),
        change.at.to_sqlx() as _,
        change.person.uuid(),
        Json(&change.fields) as _,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Changes below a version, newest first.
///
/// # Errors
/// If the database fails.
pub async fn of(
    tx: &mut Tx,
    profile: Profile,
    below: Option<i64>,
    limit: i64,
) -> Result<Vec<ProfileChange>, StoreError> {
    let (kind, id) = key(profile);
    let rows = sqlx::query!(
        r#"select version, id, at, person_id, changes as "changes: Json<Vec<FieldChange>>" from profile_history
           where profile_kind = $1 and profile_id = $2 and ($3::bigint is null or version < $3)
           order by version desc limit $4"#,
        kind,
        id,
        below,
        limit,
    );
    let rows = rows.fetch_all(&mut **tx).await?;
    let change = rows.into_iter().map(|r| ProfileChange {
        id: r.id.into(),
        version: r.version,
        at: r.at.to_jiff(),
        person: r.person_id.into(),
        fields: r.changes.0,
    });
    Ok(change.collect())
}

/// What some services are called.
///
/// # Errors
/// If the database fails.
pub async fn names_of_services(tx: &mut Tx, ids: &[Uuid], locale: Locale) -> Result<HashMap<Uuid, String>, StoreError> {
    let rows = sqlx::query!("select id, name_fr, name_en from service where id = any($1)", ids);
    let rows = rows.fetch_all(&mut **tx).await?;
    let name = |fr, en| if locale == Locale::Fr { fr } else { en };
    Ok(rows.into_iter().map(|r| (r.id, name(r.name_fr, r.name_en))).collect())
}

fn key(profile: Profile) -> (&'static str, Uuid) {
    match profile {
        Profile::Service(id) => ("SERVICE", id.uuid()),
        Profile::Destination(id) => ("DESTINATION", id.uuid()),
    }
}
