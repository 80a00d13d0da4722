//! The report's reads. What a viewer may not see is left out by the statement itself, never by a filter after it.

use chassis::{StoreError, Tx};
use directory::{Snapshot, model::ScopeKind};
use jiff_sqlx::ToSqlx as _;
use uuid::Uuid;

use super::domain::{
    requests::{Filter, Row, Slice, StateSum, Summary},
    viewer::{Side, Viewer},
};
use crate::projections::State;

/// Runs a statement over what the viewer may see of the filter's requests: `r`, and as `seen` its state and reason for the
/// viewer's side. `$1` to `$12` are the scope, `$13` and on belong to the statement.
macro_rules! seen {
    ($row:ident, $scope:expr, $head:literal, $tail:literal $(, $argument:expr)* $(,)?) => {
        sqlx::query_as!(
            $row,
            $head + " from seen_request r
             cross join lateral (select
                 case $7::text
                     when 'PLACING' then r.placing_state
                     when 'RECEIVING' then r.receiving_state
                     when 'DESTINATION' then r.destination_state
                 end as state,
                 case $7::text
                     when 'PLACING' then r.placing_reason
                     when 'RECEIVING' then r.receiving_reason
                     when 'DESTINATION' then r.destination_reason
                 end as reason) as seen
             where (r.placing_agency_id = any($1) or r.program_id = any($2) or r.receiving_agency_id = any($3)
                    or r.site_id = any($4) or r.service_id = any($5) or r.destination_id = any($6))
               and seen.state is not null and ($8::text[] is null or seen.state = any($8))
               and ($9::date is null or r.end_date >= $9) and ($10::date is null or r.start_date <= $10)
               and ($11::uuid is null or r.site_id = $11) and ($12::uuid is null or r.program_id = $12) " + $tail,
            &$scope.placing_agencies,
            &$scope.programs,
            &$scope.receiving_agencies,
            &$scope.sites,
            &$scope.services,
            &$scope.destinations,
            $scope.side,
            $scope.states.as_deref() as _,
            $scope.from as _,
            $scope.to as _,
            $scope.site,
            $scope.program
            $(, $argument)*
        )
    };
}

/// The rows of a slice, newest first, as the viewer may see them; names that have not arrived yet are empty.
pub async fn rows(
    tx: &mut Tx,
    names: &Snapshot,
    viewer: &Viewer,
    filter: &Filter,
    slice: Slice,
) -> Result<Vec<Row>, StoreError> {
    let scope = Scope::of(viewer, filter);
    let records = seen!(
        Record,
        scope,
        r#"select
             r.id as "id!", seen.state as "state!", r.reference as "reference!",
             r.placing_agency_id as "placing_agency_id!", r.program_id as "program_id!",
             r.receiving_agency_id as "receiving_agency_id!", r.site_id as "site_id!", r.service_id as "service_id!",
             r.destination_id,
             r.start_date as "start_date!", r.end_date as "end_date!", r.student_count as "student_count!",
             seen.reason as "reason!", r.sent_time, r.answered_time, r.accepted as "accepted!",
             r.confirmed_time, r.cancelled_time"#,
        "and ($13::uuid is null or r.id < $13) order by r.id desc limit $14",
        slice.after.map(|id| id.uuid()),
        slice.limit,
    );
    Ok(records.fetch_all(&mut **tx).await?.into_iter().map(|record| record.named(names)).collect())
}

/// The sums over all rows. `zone` is the IANA name of the province's time zone, by whose calendar days are counted.
pub async fn summary(tx: &mut Tx, viewer: &Viewer, filter: &Filter, zone: &str) -> Result<Summary, StoreError> {
    let scope = Scope::of(viewer, filter);
    let records = seen!(
        Sum,
        scope,
        "with wanted as (
             select r.student_count, seen.state,
                 (r.answered_time at time zone $13::text)::date - (r.sent_time at time zone $13::text)::date as delay",
        r#")
         select state as "state!", count(*) as "requests!", sum(student_count) as "students!",
             (select percentile_disc(0.5) within group (order by greatest(delay, 0)) from wanted where delay is not null)
                 as median
         from wanted group by state"#,
        zone,
    )
    .fetch_all(&mut **tx)
    .await?;
    let median = records.first().and_then(|r| r.median);
    let sums =
        records.into_iter().map(|r| StateSum { state: State::of(r.state), requests: r.requests, students: r.students });
    Ok(Summary::of(sums.collect(), median))
}

/// What both statements ask for, as SQL takes it.
struct Scope {
    placing_agencies: Vec<Uuid>,
    programs: Vec<Uuid>,
    receiving_agencies: Vec<Uuid>,
    sites: Vec<Uuid>,
    services: Vec<Uuid>,
    destinations: Vec<Uuid>,
    side: &'static str,
    /// None for all.
    states: Option<Vec<String>>,
    from: Option<jiff_sqlx::Date>,
    to: Option<jiff_sqlx::Date>,
    site: Option<Uuid>,
    program: Option<Uuid>,
}

impl Scope {
    fn of(viewer: &Viewer, filter: &Filter) -> Self {
        let reach = &viewer.reach;
        // An agency is that of the side that looks.
        let agencies = reach.ids(ScopeKind::Agency);
        let (placing_agencies, receiving_agencies) = match viewer.side {
            Side::School => (agencies, Vec::new()),
            Side::Coordinator | Side::Destination => (Vec::new(), agencies),
        };
        Self {
            placing_agencies,
            programs: reach.ids(ScopeKind::Program),
            receiving_agencies,
            sites: reach.ids(ScopeKind::Site),
            services: reach.ids(ScopeKind::Service),
            destinations: reach.ids(ScopeKind::Destination),
            side: viewer.side.code(),
            states: Some(filter.states.iter().map(|state| state.code().to_owned()).collect())
                .filter(|s: &Vec<_>| !s.is_empty()),
            from: filter.from.map(|day| day.to_sqlx()),
            to: filter.to.map(|day| day.to_sqlx()),
            site: filter.site.map(Into::into),
            program: filter.program.map(Into::into),
        }
    }
}

struct Sum {
    state: String,
    requests: i64,
    students: i64,
    median: Option<i32>,
}

struct Record {
    id: Uuid,
    state: String,
    reference: String,
    placing_agency_id: Uuid,
    program_id: Uuid,
    receiving_agency_id: Uuid,
    site_id: Uuid,
    service_id: Uuid,
    destination_id: Option<Uuid>,
    start_date: jiff_sqlx::Date,
    end_date: jiff_sqlx::Date,
    student_count: i32,
    reason: String,
    sent_time: Option<jiff_sqlx::Timestamp>,
    answered_time: Option<jiff_sqlx::Timestamp>,
    accepted: bool,
    confirmed_time: Option<jiff_sqlx::Timestamp>,
    cancelled_time: Option<jiff_sqlx::Timestamp>,
}

impl Record {
    fn named(self, names: &Snapshot) -> Row {
        let agency = |id: Uuid| names.agency(id.into()).map(|agency| agency.name.clone()).unwrap_or_default();
        let destination = self.destination_id.and_then(|id| names.destination(id.into()));
        Row {
            id: self.id.into(),
            reference: self.reference,
            placing_agency: agency(self.placing_agency_id),
            program: names.program(self.program_id.into()).map(|program| program.name.clone()).unwrap_or_default(),
            receiving_agency: agency(self.receiving_agency_id),
            site: names.site(self.site_id.into()).map(|site| site.name.clone()).unwrap_or_default(),
            service: names.service(self.service_id.into()).map(|service| service.name.clone()).unwrap_or_default(),
            destination: destination.map(|unit| unit.name.clone()).unwrap_or_default(),
            start: self.start_date.to_jiff(),
            end: self.end_date.to_jiff(),
            students: self.student_count,
            state: State::of(self.state),
            sent: self.sent_time.map(jiff_sqlx::Timestamp::to_jiff),
            answered: self.answered_time.map(jiff_sqlx::Timestamp::to_jiff),
            accepted: self.accepted,
            confirmed: self.confirmed_time.map(jiff_sqlx::Timestamp::to_jiff),
            cancelled: self.cancelled_time.map(jiff_sqlx::Timestamp::to_jiff),
            reason: self.reason,
        }
    }
}
