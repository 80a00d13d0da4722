//! The projected table. Everything yields to newer versions only, so the order of events does not matter.

use chassis::{StoreError, Tx};
use jiff_sqlx::ToSqlx as _;

use super::domain::request::{Projection, Seen, Views};

/// Keeps what events leave of requests, each another: the facts, what each side may see, and each milestone, unless newer ones are
/// kept. Where no event tells what a side may see, it goes on seeing what it was last told. The rows are there afterwards, and
/// those that have changed are locked.
pub async fn keep(tx: &mut Tx, projections: &[Projection<'_>]) -> Result<(), StoreError> {
    fn column<'p, T>(projections: &'p [Projection<'p>], value: impl Fn(&'p Projection<'p>) -> T) -> Vec<T> {
        projections.iter().map(value).collect()
    }
    sqlx::query!(
        "insert into request_row
             (id, version, state, reference, placing_agency_id, program_id, receiving_agency_id, site_id,
              service_id, destination_id, start_date, end_date, student_count, reason_code, told_version,
              placing_state, placing_reason, receiving_state, receiving_reason, destination_state,
              destination_reason, sent_version, sent_time, answered_version, answered_time, answer_accepted,
              confirmed_version, confirmed_time, cancelled_version, cancelled_time)
         select * from unnest(
             $1::uuid[], $2::bigint[], $3::text[], $4::text[], $5::uuid[], $6::uuid[], $7::uuid[], $8::uuid[],
             $9::uuid[], $10::uuid[], $11::date[], $12::date[], $13::integer[], $14::text[], $15::bigint[],
             $16::text[], $17::text[], $18::text[], $19::text[], $20::text[], $21::text[], $22::bigint[],
             $23::timestamptz[], $24::bigint[], $25::timestamptz[], $26::boolean[], $27::bigint[],
             $28::timestamptz[], $29::bigint[], $30::timestamptz[])
         on conflict (id) do update set
             (version, state, reference, placing_agency_id, program_id, receiving_agency_id, site_id, service_id,
              destination_id, start_date, end_date, student_count, reason_code) = (
                 select newest.* from (values
                     (excluded.version, excluded.state, excluded.reference, excluded.placing_agency_id,
                      excluded.program_id, excluded.receiving_agency_id, excluded.site_id, excluded.service_id,
                      excluded.destination_id, excluded.start_date, excluded.end_date, excluded.student_count,
                      excluded.reason_code),
                     (request_row.version, request_row.state, request_row.reference,
                      request_row.placing_agency_id, request_row.program_id, request_row.receiving_agency_id,
                      request_row.site_id, request_row.service_id, request_row.destination_id,
                      request_row.start_date, request_row.end_date, request_row.student_count,
                      request_row.reason_code)) as newest (version)
                 order by version desc nulls last limit 1),
             (told_version, placing_state, placing_reason, receiving_state, receiving_reason, destination_state,
              destination_reason) = (
                 select newest.* from (values
                     (excluded.told_version, excluded.placing_state, excluded.placing_reason,
                      excluded.receiving_state, excluded.receiving_reason, excluded.destination_state,
                      excluded.destination_reason),
                     (request_row.told_version, request_row.placing_state, request_row.placing_reason,
                      request_row.receiving_state, request_row.receiving_reason, request_row.destination_state,
                      request_row.destination_reason)) as newest (version)
                 order by version desc nulls last limit 1),
             sent_version = greatest(excluded.sent_version, request_row.sent_version),
             sent_time = case when excluded.sent_version > coalesce(request_row.sent_version, 0)
                 then excluded.sent_time else request_row.sent_time end,
             answered_version = greatest(excluded.answered_version, request_row.answered_version),
             answered_time = case when excluded.answered_version > coalesce(request_row.answered_version, 0)
                 then excluded.answered_time else request_row.answered_time end,
             answer_accepted = case when excluded.answered_version > coalesce(request_row.answered_version, 0)
                 then excluded.answer_accepted else request_row.answer_accepted end,
             confirmed_version = greatest(excluded.confirmed_version, request_row.confirmed_version),
             confirmed_time = case when excluded.confirmed_version > coalesce(request_row.confirmed_version, 0)
                 then excluded.confirmed_time else request_row.confirmed_time end,
             cancelled_version = greatest(excluded.cancelled_version, request_row.cancelled_version),
             cancelled_time = case when excluded.cancelled_version > coalesce(request_row.cancelled_version, 0)
                 then excluded.cancelled_time else request_row.cancelled_time end
         where request_row.version < excluded.version
            or excluded.told_version > coalesce(request_row.told_version, 0)
            or excluded.sent_version > coalesce(request_row.sent_version, 0)
            or excluded.answered_version > coalesce(request_row.answered_version, 0)
            or excluded.confirmed_version > coalesce(request_row.confirmed_version, 0)
            or excluded.cancelled_version > coalesce(request_row.cancelled_version, 0)",
        &column(projections, |p| p.newest.id.uuid()),
        &column(projections, |p| p.newest.version),
        &column(projections, |p| p.newest.state.code().to_owned()),
        &column(projections, |p| p.newest.reference.clone()),
        &column(projections, |p| p.newest.placing_agency.uuid()),
        &column(projections, |p| p.newest.program.uuid()),
        &column(projections, |p| p.newest.receiving_agency.uuid()),
        &column(projections, |p| p.newest.site.uuid()),
        &column(projections, |p| p.newest.service.uuid()),
        &column(projections, |p| p.newest.destination.map(|id| id.uuid())) as _,
        column(projections, |p| p.newest.dates.start().to_sqlx()) as _,
        column(projections, |p| p.newest.dates.end().to_sqlx()) as _,
        &column(projections, |p| p.newest.students),
        &column(projections, |p| p.newest.reason.clone()),
        &column(projections, |p| p.told.map(|(version, _)| version)) as _,
        &column(projections, |p| state(seen(p, |views| &views.placing))) as _,
        &column(projections, |p| reason(seen(p, |views| &views.placing))),
        &column(projections, |p| state(seen(p, |views| &views.receiving))) as _,
        &column(projections, |p| reason(seen(p, |views| &views.receiving))),
        &column(projections, |p| state(seen(p, |views| &views.destination))) as _,
        &column(projections, |p| reason(seen(p, |views| &views.destination))),
        &column(projections, |p| p.sent.map(|passed| passed.version)) as _,
        column(projections, |p| p.sent.map(|passed| passed.time.to_sqlx())) as _,
        &column(projections, |p| p.answered.map(|(passed, _)| passed.version)) as _,
        column(projections, |p| p.answered.map(|(passed, _)| passed.time.to_sqlx())) as _,
        &column(projections, |p| p.answered.map(|(_, accepted)| accepted)) as _,
        &column(projections, |p| p.confirmed.map(|passed| passed.version)) as _,
        column(projections, |p| p.confirmed.map(|passed| passed.time.to_sqlx())) as _,
        &column(projections, |p| p.cancelled.map(|passed| passed.version)) as _,
        column(projections, |p| p.cancelled.map(|passed| passed.time.to_sqlx())) as _,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

fn seen<'p>(projection: &Projection<'p>, side: fn(&Views) -> &Option<Seen>) -> Option<&'p Seen> {
    projection.told.and_then(|(_, views)| side(views).as_ref())
}

fn state(seen: Option<&Seen>) -> Option<String> {
    seen.map(|seen| seen.state.code().to_owned())
}

fn reason(seen: Option<&Seen>) -> String {
    seen.map(|seen| seen.reason.clone()).unwrap_or_default()
}
