//! The copies of other services' data. A write with an older version changes nothing.

use jiff_sqlx::ToSqlx as _;
use kernel::fold;
use uuid::Uuid;

use super::domain::{
    Agency, Closure, Copy, Course, Destination, Person, PlacementType, Program, Reason, Service, Site, Term,
};
use crate::requests::{ReasonUse, Scope};
use chassis::{StoreError, Tx};

/// Keeps an aggregate as it is in `version`, unless a newer one is there.
///
/// # Errors
/// If the database fails.
pub async fn put(tx: &mut Tx, version: i64, copy: &Copy) -> Result<(), StoreError> {
    match copy {
        Copy::Agency(agency) => put_agency(tx, version, agency).await,
        Copy::Site(site) => put_site(tx, version, site).await,
        Copy::Service(service) => put_service(tx, version, service).await,
        Copy::Destination(destination) => put_destination(tx, version, destination).await,
        Copy::Program(program) => put_program(tx, version, program).await,
        Copy::Course(course) => put_course(tx, version, course).await,
        Copy::Term(term) => put_term(tx, version, term).await,
        Copy::PlacementType(kind) => put_placement_type(tx, version, kind).await,
        Copy::Reason(reason) => put_reason(tx, version, reason).await,
        Copy::Person(person) => put_person(tx, version, person).await,
    }
}

async fn put_agency(tx: &mut Tx, version: i64, agency: &Agency) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO agency_copy AS old (id, version, name, search, is_user, active) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (id) DO UPDATE SET version = excluded.version, name = excluded.name, search = excluded.search,
             is_user = excluded.is_user, active = excluded.active
         WHERE old.version < excluded.version",
        agency.id.uuid(),
        version,
        agency.name,
        fold(&agency.name),
        agency.is_user,
        agency.active,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

async fn put_site(tx: &mut Tx, version: i64, site: &Site) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO site_copy AS old (id, version, agency_id, name, search, active) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (id) DO UPDATE SET version = excluded.version, agency_id = excluded.agency_id, name = excluded.name,
             search = excluded.search, active = excluded.active
         WHERE old.version < excluded.version",
        site.id.uuid(),
        version,
        site.agency.uuid(),
        site.name,
        fold(&site.name),
        site.active,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

async fn put_service(tx: &mut Tx, version: i64, service: &Service) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO service_copy AS old (id, version, site_id, name_fr, name_en, coordinator_id, redirects_automatically,
                                          active)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (id) DO UPDATE SET version = excluded.version, site_id = excluded.site_id,
             name_fr = excluded.name_fr, name_en = excluded.name_en, coordinator_id = excluded.coordinator_id,
             redirects_automatically = excluded.redirects_automatically, active = excluded.active
         WHERE old.version < excluded.version",
        service.id.uuid(),
        version,
        service.site.uuid(),
        service.name.fr,
        service.name.en,
        service.coordinator.map(|id| id.uuid()),
        service.redirects_automatically,
        service.active,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

async fn put_destination(tx: &mut Tx, version: i64, destination: &Destination) -> Result<(), StoreError> {
    let services: Vec<Uuid> = destination.services.iter().map(|id| id.uuid()).collect();
    sqlx::query!(
        "INSERT INTO destination_copy AS old (id, version, site_id, service_ids, name, search, agent_id, capacity,
                                              maximum_group_size, active)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         ON CONFLICT (id) DO UPDATE SET version = excluded.version, site_id = excluded.site_id,
             service_ids = excluded.service_ids, name = excluded.name, search = excluded.search,
             agent_id = excluded.agent_id, capacity = excluded.capacity,
             maximum_group_size = excluded.maximum_group_size, active = excluded.active
         WHERE old.version < excluded.version",
        destination.id.uuid(),
        version,
        destination.site.uuid(),
        &services,
        destination.name,
        fold(&destination.name),
        destination.agent.map(|id| id.uuid()),
        destination.capacity,
        destination.group_size,
        destination.active,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Keeps a closure as it is in `version`, unless a newer one is there. Answers whether it was news.
///
/// # Errors
/// If the database fails.
pub async fn put_closure(tx: &mut Tx, version: i64, closure: &Closure) -> Result<bool, StoreError> {
    let done = sqlx::query!(
        "INSERT INTO closure_copy AS old (id, version, place_id, start_date, end_date, active)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (id) DO UPDATE SET version = excluded.version, place_id = excluded.place_id,
             start_date = excluded.start_date, end_date = excluded.end_date, active = excluded.active
         WHERE old.version < excluded.version",
        closure.id.uuid(),
        version,
        closure.place,
        closure.days.start().to_sqlx() as _,
        closure.days.end().to_sqlx() as _,
        closure.active,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

async fn put_program(tx: &mut Tx, version: i64, program: &Program) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO program_copy AS old (id, version, agency_id, name_fr, name_en, search, is_user, active)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (id) DO UPDATE SET version = excluded.version, agency_id = excluded.agency_id,
             name_fr = excluded.name_fr, name_en = excluded.name_en, search = excluded.search,
             is_user = excluded.is_user, active = excluded.active
         WHERE old.version < excluded.version",
        program.id.uuid(),
        version,
        program.agency.uuid(),
        program.name.fr,
        program.name.en,
        // A line break, which nobody searches for, keeps the two from being found as one.
        fold(&format!("{}\n{}", program.name.fr, program.name.en)),
        program.is_user,
        program.active,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

async fn put_course(tx: &mut Tx, version: i64, course: &Course) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO course_copy AS old (id, version, program_id, code, active) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (id) DO UPDATE SET version = excluded.version, program_id = excluded.program_id,
             code = excluded.code, active = excluded.active
         WHERE old.version < excluded.version",
        course.id.uuid(),
        version,
        course.program.uuid(),
        course.code,
        course.active,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

async fn put_term(tx: &mut Tx, version: i64, term: &Term) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO term_copy AS old (id, version, start_date, end_date, release_date, active)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (id) DO UPDATE SET version = excluded.version, start_date = excluded.start_date,
             end_date = excluded.end_date, release_date = excluded.release_date, active = excluded.active
         WHERE old.version < excluded.version",
        term.id.uuid(),
        version,
        term.start.to_sqlx() as _,
        term.end.to_sqlx() as _,
        term.release_date.map(|day| day.to_sqlx()) as _,
        term.active,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

async fn put_placement_type(tx: &mut Tx, version: i64, kind: &PlacementType) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO placement_type_copy AS old (code, version, valid_from, valid_to) VALUES ($1, $2, $3, $4)
         ON CONFLICT (code) DO UPDATE SET version = excluded.version, valid_from = excluded.valid_from,
             valid_to = excluded.valid_to
         WHERE old.version < excluded.version",
        kind.code,
        version,
        kind.valid_from.to_sqlx() as _,
        kind.valid_to.map(|day| day.to_sqlx()) as _,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

async fn put_reason(tx: &mut Tx, version: i64, reason: &Reason) -> Result<(), StoreError> {
    let uses: Vec<String> = reason.uses.iter().copied().map(ReasonUse::code).map(str::to_owned).collect();
    sqlx::query!(
        "INSERT INTO reason_copy AS old (code, version, uses, active) VALUES ($1, $2, $3, $4)
         ON CONFLICT (code) DO UPDATE SET version = excluded.version, uses = excluded.uses, active = excluded.active
         WHERE old.version < excluded.version",
        reason.code,
        version,
        &uses,
        reason.active,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

async fn put_person(tx: &mut Tx, version: i64, person: &Person) -> Result<(), StoreError> {
    let done = sqlx::query!(
        "INSERT INTO person_copy AS old (id, version, name, account_active, alerts_accepted, active, title, email, phone)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (id) DO UPDATE SET version = excluded.version, name = excluded.name,
             account_active = excluded.account_active, alerts_accepted = excluded.alerts_accepted,
             active = excluded.active, title = excluded.title, email = excluded.email, phone = excluded.phone
         WHERE old.version < excluded.version",
        person.id.uuid(),
        version,
        person.name,
        person.account_active,
        person.alerts_accepted,
        person.active,
        person.card.title,
        person.card.email,
        person.card.phone,
    )
    .execute(&mut **tx)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(());
    }
    sqlx::query!("DELETE FROM agent_grant_copy WHERE person_id = $1", person.id.uuid()).execute(&mut **tx).await?;
    let (kinds, ids): (Vec<String>, Vec<Uuid>) = person.answers_for.iter().copied().filter_map(place).unzip();
    sqlx::query!(
        "INSERT INTO agent_grant_copy (person_id, scope_kind, scope_id)
         SELECT DISTINCT $1::uuid, kind, id FROM unnest($2::text[], $3::uuid[]) AS place (kind, id)",
        person.id.uuid(),
        &kinds,
        &ids,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// A scope that can hold units.
fn place(scope: Scope) -> Option<(String, Uuid)> {
    let (kind, id) = match scope {
        Scope::Agency(id) => ("AGENCY", id.uuid()),
        Scope::Site(id) => ("SITE", id.uuid()),
        Scope::Service(id) => ("SERVICE", id.uuid()),
        Scope::Destination(id) => ("DESTINATION", id.uuid()),
        Scope::Program(_) => return None,
    };
    Some((kind.to_owned(), id))
}
