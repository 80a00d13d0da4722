//! What an entry hangs on: read and held against changes until the transaction ends, so that a parent can't retire while
//! something is being put below it.

use chassis::{StoreError, Tx};
use directory::model::Side;
use kernel::{AgencyId, DestinationId, ProgramId, ServiceId, SiteId};
use uuid::Uuid;

/// An agency's side, and whether it is active.
///
/// # Errors
/// If the database fails.
pub async fn agency(tx: &mut Tx, id: AgencyId) -> Result<Option<(Side, bool)>, StoreError> {
    let row = sqlx::query!("select kind, active from agency where id = $1 for share", id.uuid());
    let Some(row) = row.fetch_optional(&mut **tx).await? else { return Ok(None) };
    let kind = Side::parse(&row.kind).ok_or_else(|| StoreError::inconsistent("agency", "kind", id))?;
    Ok(Some((kind, row.active)))
}

/// A site's agency, and whether the site is active.
///
/// # Errors
/// If the database fails.
pub async fn site(tx: &mut Tx, id: SiteId) -> Result<Option<(AgencyId, bool)>, StoreError> {
    let row = sqlx::query!("select agency_id, active from site where id = $1 for share", id.uuid());
    Ok(row.fetch_optional(&mut **tx).await?.map(|r| (r.agency_id.into(), r.active)))
}

/// Whether a destination is active, if there is one.
///
/// # Errors
/// If the database fails.
pub async fn destination(tx: &mut Tx, id: DestinationId) -> Result<Option<bool>, StoreError> {
    Ok(sqlx::query_scalar!("select active from destination where id = $1 for share", id.uuid())
        .fetch_optional(&mut **tx)
        .await?)
}

/// A program's agency, and whether the program is active.
///
/// # Errors
/// If the database fails.
pub async fn program(tx: &mut Tx, id: ProgramId) -> Result<Option<(AgencyId, bool)>, StoreError> {
    let row = sqlx::query!("select agency_id, active from program where id = $1 for share", id.uuid());
    Ok(row.fetch_optional(&mut **tx).await?.map(|r| (r.agency_id.into(), r.active)))
}

/// Services with their sites, and whether they are active; those that are not there are left out.
///
/// # Errors
/// If the database fails.
pub async fn services(tx: &mut Tx, ids: &[ServiceId]) -> Result<Vec<(ServiceId, SiteId, bool)>, StoreError> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.uuid()).collect();
    // Always in one order, so that two destinations can't wait for each other.
    let rows = sqlx::query!("select id, site_id, active from service where id = any($1) order by id for share", &ids);
    let rows = rows.fetch_all(&mut **tx).await?;
    Ok(rows.into_iter().map(|r| (r.id.into(), r.site_id.into(), r.active)).collect())
}

/// How many active destinations use a service.
///
/// # Errors
/// If the database fails.
pub async fn active_destinations_of(tx: &mut Tx, id: ServiceId) -> Result<i64, StoreError> {
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "count!" from destination d
           join destination_service s on s.destination_id = d.id
           where s.service_id = $1 and d.active"#,
        id.uuid(),
    )
    .fetch_one(&mut **tx)
    .await?)
}
