//! Facts about the world, from the copies, that the domain takes as arguments.

use jiff::civil::Date;
use jiff_sqlx::ToSqlx as _;
use kernel::{DateRange, DestinationId, ServiceId, SiteId};

use super::Error;
use crate::requests::domain::{
    Agent, Content, CourseFacts, DestinationFacts, ProgramFacts, Reason, ReasonCode, ReasonUse, References,
    ServiceFacts, SiteFacts,
};
use chassis::Tx;

/// What the copies know of all that a request refers to.
///
/// # Errors
/// If the database fails.
pub async fn references(tx: &mut Tx, content: &Content, wish: Option<DestinationId>) -> Result<References, Error> {
    let program = sqlx::query!(
        "SELECT p.agency_id, p.is_user AND a.is_user AS \"is_user!\", p.active AND a.active AS \"active!\"
         FROM program_copy p JOIN agency_copy a ON a.id = p.agency_id WHERE p.id = $1",
        content.program.uuid(),
    )
    .fetch_optional(&mut **tx)
    .await?;
    let course = sqlx::query!("SELECT program_id, active FROM course_copy WHERE id = $1", content.course.uuid())
        .fetch_optional(&mut **tx)
        .await?;
    let placement_type = sqlx::query!(
        r#"SELECT valid_from AS "from: jiff_sqlx::Date", valid_to AS "to: jiff_sqlx::Date"
           FROM placement_type_copy WHERE code = $1"#,
        content.placement_type,
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(References {
        program: program.map(|row| ProgramFacts {
            school: row.agency_id.into(),
            is_user: row.is_user,
            active: row.active,
        }),
        course: course.map(|row| CourseFacts { program: row.program_id.into(), active: row.active }),
        site: site(tx, content.site).await?,
        service: service(tx, content.service).await?,
        destination: match wish {
            Some(id) => destination(tx, id, content.service).await?,
            None => None,
        },
        placement_type: placement_type.map(|row| (row.from.to_jiff(), row.to.map(|day| day.to_jiff()))),
    })
}

/// A site with its agency.
///
/// # Errors
/// If the database fails.
pub async fn site(tx: &mut Tx, id: SiteId) -> Result<Option<SiteFacts>, Error> {
    let row = sqlx::query!(
        "SELECT s.agency_id, a.is_user, s.active AND a.active AS \"active!\"
         FROM site_copy s JOIN agency_copy a ON a.id = s.agency_id WHERE s.id = $1",
        id.uuid(),
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| SiteFacts { agency: row.agency_id.into(), is_user: row.is_user, active: row.active }))
}

/// A service at a site.
///
/// # Errors
/// If the database fails.
pub async fn service(tx: &mut Tx, id: ServiceId) -> Result<Option<ServiceFacts>, Error> {
    let row = sqlx::query!(
        "SELECT site_id, coordinator_id, redirects_automatically, active FROM service_copy WHERE id = $1",
        id.uuid(),
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| ServiceFacts {
        site: row.site_id.into(),
        coordinator: row.coordinator_id.map(Into::into),
        redirects_automatically: row.redirects_automatically,
        active: row.active,
    }))
}

/// A unit seen from a service, with what decides whether it is a user (domain §4.6).
///
/// # Errors
/// If the database fails.
pub async fn destination(
    tx: &mut Tx,
    id: DestinationId,
    service: ServiceId,
) -> Result<Option<DestinationFacts>, Error> {
    let row = sqlx::query!(
        r#"SELECT d.id, d.site_id, d.active, $2 = ANY(d.service_ids) AS "serves!", d.agent_id,
                  coalesce(p.account_active, false) AS "account_active!",
                  coalesce(p.alerts_accepted, false) AS "alerts_accepted!",
                  EXISTS (
                      SELECT FROM agent_grant_copy g LEFT JOIN site_copy s ON s.id = d.site_id
                      WHERE g.person_id = d.agent_id AND (
                          (g.scope_kind = 'DESTINATION' AND g.scope_id = d.id)
                          OR (g.scope_kind = 'SERVICE' AND g.scope_id = ANY(d.service_ids))
                          OR (g.scope_kind = 'SITE' AND g.scope_id = d.site_id)
                          OR (g.scope_kind = 'AGENCY' AND g.scope_id = s.agency_id))
                  ) AS "granted!"
           FROM destination_copy d LEFT JOIN person_copy p ON p.id = d.agent_id WHERE d.id = $1"#,
        id.uuid(),
        service.uuid(),
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| DestinationFacts {
        id: row.id.into(),
        site: row.site_id.into(),
        serves: row.serves,
        active: row.active,
        agent: row.agent_id.map(|person| Agent {
            person: person.into(),
            account_active: row.account_active,
            alerts_accepted: row.alerts_accepted,
            granted: row.granted,
        }),
    }))
}

/// The first closure that touches `days` at a site, its agency, or the unit if there is one: its days (domain §5.6).
///
/// # Errors
/// If the database fails or the row is inconsistent.
pub async fn closure(
    tx: &mut Tx,
    site: SiteId,
    unit: Option<DestinationId>,
    days: DateRange,
) -> Result<Option<DateRange>, Error> {
    let row = sqlx::query!(
        r#"SELECT id, start_date AS "start: jiff_sqlx::Date", end_date AS "end: jiff_sqlx::Date" FROM closure_copy
           WHERE active AND end_date >= $3 AND start_date <= $4
             AND place_id IN ($1, $2, (SELECT agency_id FROM site_copy WHERE id = $1))
           ORDER BY start_date, id LIMIT 1"#,
        site.uuid(),
        unit.map(|id| id.uuid()),
        days.start().to_sqlx() as _,
        days.end().to_sqlx() as _,
    )
    .fetch_optional(&mut **tx)
    .await?;
    let closed = row.map(|row| {
        let wrong = |_| Error::inconsistent("closure_copy", "end_date", row.id);
        DateRange::new(row.start.to_jiff(), row.end.to_jiff()).map_err(wrong)
    });
    closed.transpose()
}

/// A coded reason.
///
/// # Errors
/// If the database fails or the row is inconsistent.
pub async fn reason(tx: &mut Tx, code: &ReasonCode) -> Result<Option<Reason>, Error> {
    let Some(row) =
        sqlx::query!("SELECT uses, active FROM reason_copy WHERE code = $1", code.0).fetch_optional(&mut **tx).await?
    else {
        return Ok(None);
    };
    let uses = row.uses.iter().map(|used_for| ReasonUse::parse(used_for)).collect::<Option<Vec<_>>>();
    let uses = uses.ok_or_else(|| Error::inconsistent("reason_copy", "uses", &code.0))?;
    Ok(Some(Reason { uses, active: row.active }))
}

/// The common release date of the term that a day is in; of overlapping terms, that of the one that began last.
///
/// # Errors
/// If the database fails.
pub async fn release_date(tx: &mut Tx, day: Date) -> Result<Option<Date>, Error> {
    let found = sqlx::query_scalar!(
        r#"SELECT release_date AS "release_date: jiff_sqlx::Date" FROM term_copy
           WHERE active AND $1 BETWEEN start_date AND end_date ORDER BY start_date DESC, id LIMIT 1"#,
        day.to_sqlx() as _,
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(found.flatten().map(|day| day.to_jiff()))
}
