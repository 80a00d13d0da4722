//! What a view shows context some requests: the names behind their ids, from the copies, and what the reader has seen.

use std::collections::HashMap;

use kernel::{PersonId, PlacementRequestId};
use uuid::Uuid;

use super::Error;
use crate::requests::domain::{Names, RowContext, Text};
use chassis::Tx;

/// The names of each of these requests, empty where a copy does not know, and the version that `reader` has seen.
///
/// # Errors
/// If the database fails.
pub async fn of(
    tx: &mut Tx,
    ids: &[PlacementRequestId],
    reader: PersonId,
) -> Result<HashMap<PlacementRequestId, RowContext>, Error> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.uuid()).collect();
    let rows = sqlx::query!(
        r#"SELECT r.id AS "id!", school.name AS "school!", program.name_fr AS "program_fr!",
                  program.name_en AS "program_en!", course.code AS "course!", receiver.name AS "receiver!",
                  site.name AS "site!", service.name_fr AS "service_fr!", service.name_en AS "service_en!",
                  destination.name AS "destination?", pc.name AS "pc?", rc.name AS "rc?", dc.name AS "dc?",
                  seen.version AS "seen?"
           FROM placement_request r
           JOIN agency_copy school ON school.id = r.placing_agency_id
           JOIN program_copy program ON program.id = r.program_id
           JOIN course_copy course ON course.id = r.course_id
           JOIN agency_copy receiver ON receiver.id = r.receiving_agency_id
           JOIN site_copy site ON site.id = r.site_id
           JOIN service_copy service ON service.id = r.service_id
           LEFT JOIN destination_copy destination ON destination.id = r.destination_id
           LEFT JOIN person_copy pc ON pc.id = r.placing_coordinator_id
           LEFT JOIN person_copy rc ON rc.id = r.receiving_coordinator_id
           LEFT JOIN person_copy dc ON dc.id = r.destination_coordinator_id
           LEFT JOIN request_seen seen ON seen.request_id = r.id AND seen.person_id = $2
           WHERE r.id = ANY($1)"#,
        &ids,
        reader.uuid(),
    )
    .fetch_all(&mut **tx)
    .await?;
    let named = rows.into_iter().map(|row| {
        let names = Names {
            placing_agency: row.school,
            program: Text { fr: row.program_fr, en: row.program_en },
            course: row.course,
            receiving_agency: row.receiver,
            site: row.site,
            service: Text { fr: row.service_fr, en: row.service_en },
            destination: row.destination.unwrap_or_default(),
            placing_coordinator: row.pc.unwrap_or_default(),
            receiving_coordinator: row.rc.unwrap_or_default(),
            destination_coordinator: row.dc.unwrap_or_default(),
        };
        (row.id.into(), RowContext { names, seen: row.seen })
    });
    Ok(named.collect())
}
