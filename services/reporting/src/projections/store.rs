//! The projected tables. Every statement yields to newer versions only, so the order of events does not matter.

use chassis::{StoreError, Tx};
use jiff_sqlx::ToSqlx as _;

use super::domain::request::{Milestone, RequestFact, Seen, Views};

/// Keeps the facts of requests, each another, with what each side may see, unless newer ones are kept; where the event does not tell
/// what a side may see, each goes on seeing what it was last told. The rows are there afterwards, and locked.
pub async fn keep_facts(tx: &mut Tx, facts: &[RequestFact]) -> Result<(), StoreError> {
    let seen = |side: fn(&Views) -> &Option<Seen>| {
        let of = |fact: &RequestFact| {
            fact.views.as_ref().and_then(|views| side(views).as_ref()).map(split).unwrap_or_default()
        };
        facts.iter().map(of).unzip::<_, _, Vec<_>, Vec<_>>()
    };
    let (placing, receiving, destination) = (seen(|v| &v.placing), seen(|v| &v.receiving), seen(|v| &v.destination));
    sqlx::query!(
        "insert into request_row
             (id, version, state, reference, placing_agency_id, program_id, receiving_agency_id, site_id, service_id,
              destination_id, start_date, end_date, student_count, reason_code, told_version, placing_state,
              placing_reason, receiving_state, receiving_reason, destination_state, destination_reason)
         select * from unnest($1::uuid[], $2::bigint[], $3::text[], $4::text[], $5::uuid[], $6::uuid[], $7::uuid[], $8::uuid[],
             $9::uuid[], $10::uuid[], $11::date[], $12::date[], $13::integer[], $14::text[], $15::bigint[], $16::text[],
             $17::text[], $18::text[], $19::text[], $20::text[], $21::text[])
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
        &facts.iter().map(|fact| fact.id.uuid()).collect::<Vec<_>>(),
        &facts.iter().map(|fact| fact.version).collect::<Vec<_>>(),
        &facts.iter().map(|fact| fact.state.code().to_owned()).collect::<Vec<_>>(),
        &facts.iter().map(|fact| fact.reference.clone()).collect::<Vec<_>>(),
        &facts.iter().map(|fact| fact.placing_agency.uuid()).collect::<Vec<_>>(),
        &facts.iter().map(|fact| fact.program.uuid()).collect::<Vec<_>>(),
        &facts.iter().map(|fact| fact.receiving_agency.uuid()).collect::<Vec<_>>(),
        &facts.iter().map(|fact| fact.site.uuid()).collect::<Vec<_>>(),
        &facts.iter().map(|fact| fact.service.uuid()).collect::<Vec<_>>(),
        &facts.iter().map(|fact| fact.destination.map(|id| id.uuid())).collect::<Vec<_>>() as _,
        facts.iter().map(|fact| fact.dates.start().to_sqlx()).collect::<Vec<_>>() as _,
        facts.iter().map(|fact| fact.dates.end().to_sqlx()).collect::<Vec<_>>() as _,
        &facts.iter().map(|fact| fact.students).collect::<Vec<_>>(),
        &facts.iter().map(|fact| fact.reason.clone()).collect::<Vec<_>>(),
        &facts.iter().map(|fact| fact.views.as_ref().map(|_| fact.version)).collect::<Vec<_>>() as _,
        &placing.0 as _,
        &placing.1,
        &receiving.0 as _,
        &receiving.1,
        &destination.0 as _,
        &destination.1,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Keeps milestones of requests, each another, unless a newer one of its kind is kept.
pub async fn keep_milestones(tx: &mut Tx, passed: &[(&RequestFact, Milestone)]) -> Result<(), StoreError> {
    sqlx::query!(
        "update request_row r set
             sent_version = case when kind = 'SENT' then new.version else sent_version end,
             sent_time = case when kind = 'SENT' then new.time else sent_time end,
             answered_version = case when kind = 'ANSWERED' then new.version else answered_version end,
             answered_time = case when kind = 'ANSWERED' then new.time else answered_time end,
             answer_accepted = case when kind = 'ANSWERED' then new.accepted else answer_accepted end,
             confirmed_version = case when kind = 'CONFIRMED' then new.version else confirmed_version end,
             confirmed_time = case when kind = 'CONFIRMED' then new.time else confirmed_time end,
             cancelled_version = case when kind = 'CANCELLED' then new.version else cancelled_version end,
             cancelled_time = case when kind = 'CANCELLED' then new.time else cancelled_time end
         from unnest($1::uuid[], $2::bigint[], $3::timestamptz[], $4::text[], $5::boolean[])
             as new (id, version, time, kind, accepted)
         where r.id = new.id
           and new.version > coalesce(case kind when 'SENT' then sent_version when 'ANSWERED' then answered_version
                                      when 'CONFIRMED' then confirmed_version else cancelled_version end, 0)",
        &passed.iter().map(|(fact, _)| fact.id.uuid()).collect::<Vec<_>>(),
        &passed.iter().map(|(fact, _)| fact.version).collect::<Vec<_>>(),
        passed.iter().map(|(fact, _)| fact.time.to_sqlx()).collect::<Vec<_>>() as _,
        &passed.iter().map(|(_, milestone)| kind(*milestone).to_owned()).collect::<Vec<_>>(),
        &passed.iter().map(|(_, milestone)| milestone.accepted()).collect::<Vec<_>>() as _,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// As `keep_milestones` calls it.
const fn kind(milestone: Milestone) -> &'static str {
    match milestone {
        Milestone::Sent => "SENT",
        Milestone::Answered { .. } => "ANSWERED",
        Milestone::Confirmed => "CONFIRMED",
        Milestone::Cancelled => "CANCELLED",
    }
}

fn split(seen: &Seen) -> (Option<String>, String) {
    (Some(seen.state.code().to_owned()), seen.reason.clone())
}
