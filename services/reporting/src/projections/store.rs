//! The projected tables. Every statement yields to newer versions only, so the order of events does not matter.

use chassis::{StoreError, Tx};
use jiff_sqlx::ToSqlx as _;

use super::domain::request::{Milestone, RequestFact, Seen};

/// Keeps the facts, with what each side may see, unless newer ones are kept; where the event does not tell what a side may
/// see, each goes on seeing what it was last told. The row is there afterwards, and locked.
pub async fn keep_fact(tx: &mut Tx, fact: &RequestFact) -> Result<(), StoreError> {
    let views = fact.views.clone().unwrap_or_default();
    let (placing, receiving, destination) = (split(&views.placing), split(&views.receiving), split(&views.destination));
    sqlx::query!(
        "insert into request_row
             (id, version, state, reference, placing_agency_id, program_id, receiving_agency_id, site_id, service_id,
              destination_id, start_date, end_date, student_count, reason_code, told_version, placing_state,
              placing_reason, receiving_state, receiving_reason, destination_state, destination_reason)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
         on conflict (id) do update set
             version = excluded.version, state = excluded.state, reference = excluded.reference,
             placing_agency_id = excluded.placing_agency_id, program_id = excluded.program_id,
             receiving_agency_id = excluded.receiving_agency_id, site_id = excluded.site_id,
             service_id = excluded.service_id, destination_id = excluded.destination_id,
             start_date = excluded.start_date, end_date = excluded.end_date,
             student_count = excluded.student_count, reason_code = excluded.reason_code,
             (told_version, placing_state, placing_reason, receiving_state, receiving_reason, destination_state,
              destination_reason) = (
                 select told.* from (values
                     (excluded.told_version, excluded.placing_state, excluded.placing_reason,
                      excluded.receiving_state, excluded.receiving_reason, excluded.destination_state,
                      excluded.destination_reason),
                     (request_row.told_version, request_row.placing_state, request_row.placing_reason,
                      request_row.receiving_state, request_row.receiving_reason, request_row.destination_state,
                      request_row.destination_reason)) as told (version)
                 order by version desc nulls last limit 1)
         where request_row.version < excluded.version",
        fact.id.uuid(),
        fact.version,
        fact.state.code(),
        fact.reference,
        fact.placing_agency.uuid(),
        fact.program.uuid(),
        fact.receiving_agency.uuid(),
        fact.site.uuid(),
        fact.service.uuid(),
        fact.destination.map(|id| id.uuid()),
        fact.dates.start().to_sqlx() as _,
        fact.dates.end().to_sqlx() as _,
        fact.students,
        fact.reason,
        fact.views.as_ref().map(|_| fact.version),
        placing.0,
        placing.1,
        receiving.0,
        receiving.1,
        destination.0,
        destination.1,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Keeps a milestone unless a newer one of its kind is kept.
pub async fn keep_milestone(tx: &mut Tx, fact: &RequestFact, milestone: Milestone) -> Result<(), StoreError> {
    let (id, version, time) = (fact.id.uuid(), fact.version, fact.time.to_sqlx());
    let update = match milestone {
        Milestone::Sent => sqlx::query!(
            "update request_row set sent_version = $2, sent_time = $3
             where id = $1 and coalesce(sent_version, 0) < $2",
            id,
            version,
            time as _,
        ),
        Milestone::Answered { accepted } => sqlx::query!(
            "update request_row set answered_version = $2, answered_time = $3, answer_accepted = $4
             where id = $1 and coalesce(answered_version, 0) < $2",
            id,
            version,
            time as _,
            accepted,
        ),
        Milestone::Confirmed => sqlx::query!(
            "update request_row set confirmed_version = $2, confirmed_time = $3
             where id = $1 and coalesce(confirmed_version, 0) < $2",
            id,
            version,
            time as _,
        ),
        Milestone::Cancelled => sqlx::query!(
            "update request_row set cancelled_version = $2, cancelled_time = $3
             where id = $1 and coalesce(cancelled_version, 0) < $2",
            id,
            version,
            time as _,
        ),
    };
    update.execute(&mut **tx).await?;
    Ok(())
}

fn split(seen: &Option<Seen>) -> (Option<&str>, &str) {
    seen.as_ref().map_or((None, ""), |seen| (Some(seen.state.code()), &seen.reason))
}
