//! The table `placement_request`, one request at a time.

use jiff::civil::Date;
use jiff_sqlx::ToSqlx as _;
use kernel::PlacementRequestId;

use super::{Error, row::Row};
use crate::requests::domain::{PlacementRequest, Tag};
use chassis::Tx;

/// One request, whoever may see it.
///
/// # Errors
/// If the database fails or the row is inconsistent.
pub async fn load(tx: &mut Tx, id: PlacementRequestId) -> Result<Option<PlacementRequest>, Error> {
    let row = sqlx::query_as!(Row, "SELECT * FROM placement_request WHERE id = $1", id.uuid())
        .fetch_optional(&mut **tx)
        .await?;
    row.map(PlacementRequest::try_from).transpose()
}

/// Adds a request. Answers whether its reference was free: if not, nothing happened.
///
/// # Errors
/// If the database fails.
pub async fn insert(tx: &mut Tx, request: &PlacementRequest) -> Result<bool, Error> {
    let (content, state) = (&request.content, &request.state);
    let done = sqlx::query!(
        "INSERT INTO placement_request (
             id, reference, origin, placing_agency_id, program_id, course_id, receiving_agency_id, site_id, service_id,
             destination_id, placement_type_code, kind, student_count, start_date, end_date, weekdays, shift_code,
             hours_per_student, comment, use_release_date, state, release_on, placing_coordinator_id,
             receiving_coordinator_id, answer_comment, tags, acted_on, created_at, updated_at, version, since, school_since,
             school_version, school_updated_at, asked_state)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
                 $24, '', $25, $26, $27, $28, $29, $30, $31, $32, $33, $34)
         ON CONFLICT ON CONSTRAINT placement_request_reference DO NOTHING",
        request.id.uuid(),
        request.reference.as_str(),
        request.origin.code(),
        request.placing_agency.uuid(),
        content.program.uuid(),
        content.course.uuid(),
        request.receiving_agency.uuid(),
        content.site.uuid(),
        content.service.uuid(),
        state.destination().map(|id| id.uuid()),
        content.placement_type,
        content.kind.code(),
        i16::from(content.student_count),
        content.dates.start().to_sqlx() as _,
        content.dates.end().to_sqlx() as _,
        i16::from(content.weekdays.bits()),
        content.shift_code,
        i16::try_from(content.hours_per_student).unwrap_or(i16::MAX),
        content.comment,
        content.use_release_date,
        state.status().code(),
        state.release_on().map(|day| day.to_sqlx()) as _,
        request.placing_coordinator.map(|id| id.uuid()),
        request.receiving_coordinator.map(|id| id.uuid()),
        &tags(request),
        request.acted_on,
        request.created_at.to_sqlx() as _,
        request.updated_at.to_sqlx() as _,
        request.version,
        request.since.day.to_sqlx() as _,
        request.since.for_school.to_sqlx() as _,
        request.school_version,
        request.school_updated_at.to_sqlx() as _,
        request.asked.status().code(),
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Writes a request after one transition.
///
/// # Errors
/// [`Error::LostRace`] if the stored version is not the one before; if the database fails.
pub async fn update(tx: &mut Tx, request: &PlacementRequest) -> Result<(), Error> {
    let (content, state) = (&request.content, &request.state);
    let done = sqlx::query!(
        "UPDATE placement_request SET
             placing_agency_id = $3, program_id = $4, course_id = $5, receiving_agency_id = $6, site_id = $7,
             service_id = $8, destination_id = $9, placement_type_code = $10, kind = $11, student_count = $12,
             start_date = $13, end_date = $14, weekdays = $15, shift_code = $16, hours_per_student = $17, comment = $18,
             use_release_date = $19, state = $20, release_on = $21, receiving_coordinator_id = $22,
             destination_coordinator_id = $23, reason_code = $24, answer_comment = $25, tags = $26, acted_on = $27,
             updated_at = $28, since = $29, school_since = $30, school_version = $31, school_updated_at = $32,
             asked_state = $33, version = $2::bigint
         WHERE id = $1 AND version = $2::bigint - 1",
        request.id.uuid(),
        request.version,
        request.placing_agency.uuid(),
        content.program.uuid(),
        content.course.uuid(),
        request.receiving_agency.uuid(),
        content.site.uuid(),
        content.service.uuid(),
        state.destination().map(|id| id.uuid()),
        content.placement_type,
        content.kind.code(),
        i16::from(content.student_count),
        content.dates.start().to_sqlx() as _,
        content.dates.end().to_sqlx() as _,
        i16::from(content.weekdays.bits()),
        content.shift_code,
        i16::try_from(content.hours_per_student).unwrap_or(i16::MAX),
        content.comment,
        content.use_release_date,
        state.status().code(),
        state.release_on().map(|day| day.to_sqlx()) as _,
        request.receiving_coordinator.map(|id| id.uuid()),
        state.unit().and_then(|unit| unit.agent).map(|id| id.uuid()),
        state.reason().map(|reason| reason.0.as_str()),
        state.comment(),
        &tags(request),
        request.acted_on,
        request.updated_at.to_sqlx() as _,
        request.since.day.to_sqlx() as _,
        request.since.for_school.to_sqlx() as _,
        request.school_version,
        request.school_updated_at.to_sqlx() as _,
        request.asked.status().code(),
    )
    .execute(&mut **tx)
    .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(Error::LostRace) }
}

/// Held requests whose day has come, those that wait longest first.
///
/// # Errors
/// If the database fails.
pub async fn due(tx: &mut Tx, today: Date, limit: i64) -> Result<Vec<PlacementRequestId>, Error> {
    let ids = sqlx::query_scalar!(
        "SELECT id FROM placement_request WHERE state = 'HELD' AND release_on <= $1 ORDER BY release_on, id LIMIT $2",
        today.to_sqlx() as _,
        limit,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(ids.into_iter().map(Into::into).collect())
}

fn tags(request: &PlacementRequest) -> Vec<String> {
    request.tags.iter().copied().map(Tag::code).map(str::to_owned).collect()
}
