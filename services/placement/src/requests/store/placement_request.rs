//! The table `placement_request`, one request at a time.

use jiff::civil::Date;
use jiff_sqlx::ToSqlx as _;
use kernel::PlacementRequestId;

use super::{Error, row::Row};
use crate::requests::domain::{PlacementRequest, Tag};
use chassis::Tx;

/// Writes the row of a request: `$1` is its id, `$2` its version; the other columns are named here once, for INSERT and UPDATE.
/// Those that never change are written as they were.
macro_rules! write_row {
    ($tx:expr, $request:expr, $head:literal, $between:literal, $tail:literal) => {{
        let request: &PlacementRequest = $request;
        let (content, state) = (&request.content, &request.state);
        sqlx::query!(
            $head
                + "
             reference, origin, placing_agency_id, program_id, course_id, receiving_agency_id, site_id, service_id,
             destination_id, placement_type_code, kind, student_count, start_date, end_date, weekdays, shift_code,
             hours_per_student, comment, use_release_date, state, release_on, placing_coordinator_id,
             receiving_coordinator_id, destination_coordinator_id, reason_code, answer_comment, tags, acted_on,
             created_at, updated_at, since, school_since, school_version, school_updated_at, asked_state,
             ended_as_wish
             " + $between
                + "
             $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24,
             $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38
             " + $tail,
            request.id.uuid(),
            request.version,
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
            state.unit().and_then(|unit| unit.agent).map(|id| id.uuid()),
            state.reason().map(|reason| reason.0.as_str()),
            state.comment(),
            &tags(request),
            request.acted_on,
            request.created_at.to_sqlx() as _,
            request.updated_at.to_sqlx() as _,
            request.since.day.to_sqlx() as _,
            request.since.for_school.to_sqlx() as _,
            request.school_version,
            request.school_updated_at.to_sqlx() as _,
            request.asked.status().code(),
            state.ended_as_wish(),
        )
        .execute(&mut **$tx)
        .await?
    }};
}

/// One request, whoever may see it.
pub async fn load(tx: &mut Tx, id: PlacementRequestId) -> Result<Option<PlacementRequest>, Error> {
    let row = sqlx::query_as!(Row, "SELECT * FROM placement_request WHERE id = $1", id.uuid())
        .fetch_optional(&mut **tx)
        .await?;
    row.map(PlacementRequest::try_from).transpose()
}

/// Adds a request. Answers whether its reference was free: if not, nothing happened.
pub async fn insert(tx: &mut Tx, request: &PlacementRequest) -> Result<bool, Error> {
    let done = write_row!(
        tx,
        request,
        "INSERT INTO placement_request (id, version,",
        ") VALUES ($1, $2,",
        ") ON CONFLICT ON CONSTRAINT placement_request_reference DO NOTHING"
    );
    Ok(done.rows_affected() == 1)
}

/// Writes a request after one transition.
///
/// # Errors
/// [`Error::LostRace`] if the stored version is not the one before; if the database fails.
pub async fn update(tx: &mut Tx, request: &PlacementRequest) -> Result<(), Error> {
    let done = write_row!(
        tx,
        request,
        "UPDATE placement_request SET version = $2::bigint, (",
        ") = (",
        ") WHERE id = $1 AND version = $2::bigint - 1"
    );
    if done.rows_affected() == 1 { Ok(()) } else { Err(Error::LostRace) }
}

/// Held requests whose day has come, those that wait longest first.
pub async fn due(tx: &mut Tx, today: Date, limit: i64) -> Result<Vec<PlacementRequestId>, Error> {
    let ids = sqlx::query_scalar!(
        "SELECT id FROM placement_request WHERE release_on <= $1 ORDER BY release_on, id LIMIT $2",
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
