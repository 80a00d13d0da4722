//! What closures touch, and who was told: tables `directory_closure`, `closure_notice`.

use kernel::ClosureId;

use super::domain::Touched;
use crate::requests::{LONGEST_MONTHS, Status, touched_by_closures};
use chassis::{StoreError, Tx};

/// The school coordinators some of whose requests a closure touches and who have not been told of it yet; from now on they
/// have.
pub async fn to_be_told(tx: &mut Tx, closure: ClosureId) -> Result<Vec<Touched>, StoreError> {
    let states: Vec<String> = touched_by_closures().map(Status::code).map(str::to_owned).collect();
    let rows = sqlx::query!(
        r#"WITH touched AS (
               SELECT r.placing_coordinator_id AS person_id, count(*) AS requests
               FROM placement_request r JOIN directory_closure c ON c.id = $1
               WHERE r.placing_coordinator_id IS NOT NULL AND r.state = ANY($2)
                 AND r.start_date BETWEEN c.start_date - make_interval(months => $3) AND c.end_date
                 AND asks_for_day_in(r.weekdays, r.start_date, r.end_date, c.start_date, c.end_date)
                 AND (r.receiving_agency_id = c.place_id OR r.site_id = c.place_id OR r.destination_id = c.place_id)
               GROUP BY r.placing_coordinator_id
           ), told AS (
               INSERT INTO closure_notice (closure_id, person_id) SELECT $1, person_id FROM touched
               ON CONFLICT DO NOTHING RETURNING person_id
           )
           SELECT person_id AS "person_id!", requests AS "requests!" FROM touched JOIN told USING (person_id)
           ORDER BY person_id"#,
        closure.uuid(),
        &states,
        LONGEST_MONTHS,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|row| Touched { coordinator: row.person_id.into(), requests: row.requests }).collect())
}
