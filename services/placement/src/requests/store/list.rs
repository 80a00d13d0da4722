//! Pages of requests. One condition for inbox and outbox alike: the scopes of the other side are empty then, and an empty
//! scope costs nothing.

use directory::model::ScopeKind;
use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx as _;
use kernel::{PlacementRequestId, fold};
use uuid::Uuid;

use super::{Error, row::Row};
use crate::requests::domain::{
    Cursor, ListContext, ListQuery, Order, PlacementRequest, Role, StateCount, Status, fold_reference,
    touched_by_closures, visibility,
};
use chassis::Tx;

/// How far rows are counted.
const COUNTED: i64 = 10_000;

/// Runs a statement whose condition is shared: `$1` to `$26` are the filters, `$27` and on belong to the statement. `t` says
/// whether a row is overdue and whether others have changed it; the domain's `Turn` and `View` say the same of one request.
///
/// Names are searched in the directory first, which is small, so that a renamed site is found by its new name and five
/// million requests need no text index.
macro_rules! listed {
    ($tx:expr, $filter:expr, $row:ident, $head:literal, $tail:literal $(, $argument:expr)* $(,)?) => {{
        let filter = $filter;
        sqlx::query_as!(
            $row,
            $head + " FROM placement_request r
            CROSS JOIN LATERAL (SELECT
                state = ANY($21) AND (start_date < $23 OR CASE WHEN $20 THEN school_since ELSE since END
                                      < ($22::date[])[array_position($21, state)]) AS overdue,
                EXISTS (SELECT FROM request_seen s WHERE s.person_id = $19 AND s.request_id = r.id
                        AND s.version < CASE WHEN $20 THEN r.school_version ELSE r.version END) AS changed) AS t
            WHERE (placing_agency_id = ANY($1) OR program_id = ANY($2) OR receiving_agency_id = ANY($3)
                   OR site_id = ANY($4) OR service_id = ANY($5) OR destination_id = ANY($6))
              AND state = ANY($7)
              AND (asked_state = ANY($24) OR state <> ALL($26))
              AND end_date >= $8 AND start_date <= $9
              AND ($10::uuid IS NULL OR site_id = $10)
              AND ($11::uuid IS NULL OR service_id = $11)
              AND ($12::uuid IS NULL OR destination_id = $12)
              AND ($13::uuid IS NULL OR program_id = $13)
              AND ($25::uuid IS NULL OR EXISTS (
                   SELECT FROM directory_closure c
                   WHERE c.id = $25 AND c.active AND r.end_date >= c.start_date AND r.start_date <= c.end_date
                     AND (c.place_id = r.receiving_agency_id OR c.place_id = r.site_id OR c.place_id = r.destination_id)))
              AND (destination_id IS NOT NULL AND NOT ended_as_wish OR NOT $14)
              AND (NOT $17 OR overdue) AND (NOT $18 OR changed)
              AND ($15 = ''
                   OR ($16 <> '' AND strpos(replace(lower(reference), '-', ''), $16) > 0)
                   OR placing_agency_id IN (SELECT id FROM directory_agency WHERE strpos(search, $15) > 0)
                   OR program_id IN (SELECT id FROM directory_program WHERE strpos(search, $15) > 0)
                   OR site_id IN (SELECT id FROM directory_site WHERE strpos(search, $15) > 0)
                   OR destination_id IN (SELECT id FROM directory_destination WHERE strpos(search, $15) > 0)) " + $tail,
            &filter.placing_agencies,
            &filter.programs,
            &filter.receiving_agencies,
            &filter.sites,
            &filter.services,
            &filter.destinations,
            &filter.states,
            filter.from.to_sqlx() as _,
            filter.to.to_sqlx() as _,
            filter.site,
            filter.service,
            filter.destination,
            filter.program,
            filter.only_chosen,
            filter.text,
            filter.reference,
            filter.overdue,
            filter.changed,
            filter.person,
            filter.school,
            &filter.clocks,
            &filter.cutoffs as _,
            filter.today.to_sqlx() as _,
            &filter.asked,
            filter.closure,
            &filter.hidden,
            $($argument,)*
        )
        .fetch_all(&mut **$tx)
        .await?
    }};
}

/// One page: at most one row more than asked for, which says that there is a next page.
pub async fn page(tx: &mut Tx, query: &ListQuery, context: &ListContext) -> Result<Vec<PlacementRequest>, Error> {
    let filter = Filter::of(query, context);
    let limit = query.page_size + 1;
    let rows = match query.order {
        Order::UpdateTimeDescending => by_update_time(tx, &filter, query.after.as_ref(), limit).await?,
        Order::StartDate => by_start_date(tx, &filter, query.after.as_ref(), limit).await?,
        Order::Reference => by_reference(tx, &filter, query.after.as_ref(), limit).await?,
    };
    rows.into_iter().map(PlacementRequest::try_from).collect()
}

/// How many rows all pages have, counted to 10000.
pub async fn count(tx: &mut Tx, query: &ListQuery, context: &ListContext) -> Result<i64, Error> {
    let filter = Filter::of(query, context);
    let counted = listed!(
        tx,
        &filter,
        Count,
        "SELECT count(*) AS \"rows!\" FROM (SELECT 1 AS one",
        "LIMIT $27) AS counted",
        COUNTED
    );
    Ok(counted.first().map_or(0, |count| count.rows))
}

/// How many rows are in each state that the one who looks may tell from others, counted in one pass over the reach.
pub async fn by_state(tx: &mut Tx, query: &ListQuery, context: &ListContext) -> Result<Vec<StateCount>, Error> {
    let filter = Filter::of(query, context);
    let rows = listed!(
        tx,
        &filter,
        OfState,
        "SELECT CASE WHEN state = ANY($26) THEN asked_state ELSE state END AS \"state!\",
                count(*) AS \"rows!\", count(*) FILTER (WHERE overdue) AS \"overdue!\",
                count(*) FILTER (WHERE changed) AS \"changed!\"",
        "GROUP BY 1"
    );
    let counted = |row: OfState| {
        let status = Status::parse(&row.state);
        let fault = || Error::inconsistent("placement_request", "state", &row.state);
        let OfState { rows: all, overdue, changed, .. } = row;
        Ok(StateCount { status: status.ok_or_else(fault)?, all, overdue, changed })
    };
    rows.into_iter().map(counted).collect()
}

async fn by_update_time(tx: &mut Tx, filter: &Filter, after: Option<&Cursor>, limit: i64) -> Result<Vec<Row>, Error> {
    let (at, id) = match after {
        Some(Cursor::UpdateTime(at, id)) => (*at, *id),
        _ => (Timestamp::MAX, PlacementRequestId::from(Uuid::max())),
    };
    Ok(listed!(
        tx,
        filter,
        Row,
        "SELECT r.*",
        "AND (CASE WHEN $20 THEN school_updated_at ELSE updated_at END, id) < ($27, $28)
         ORDER BY CASE WHEN $20 THEN school_updated_at ELSE updated_at END DESC, id DESC LIMIT $29",
        at.to_sqlx() as _,
        id.uuid(),
        limit,
    ))
}

async fn by_start_date(tx: &mut Tx, filter: &Filter, after: Option<&Cursor>, limit: i64) -> Result<Vec<Row>, Error> {
    let (day, id) = match after {
        Some(Cursor::StartDate(day, id)) => (*day, *id),
        _ => (Date::ZERO, PlacementRequestId::from(Uuid::nil())),
    };
    Ok(listed!(
        tx,
        filter,
        Row,
        "SELECT r.*",
        "AND (start_date, id) > ($27, $28) ORDER BY start_date, id LIMIT $29",
        day.to_sqlx() as _,
        id.uuid(),
        limit,
    ))
}

async fn by_reference(tx: &mut Tx, filter: &Filter, after: Option<&Cursor>, limit: i64) -> Result<Vec<Row>, Error> {
    let reference = match after {
        Some(Cursor::Reference(reference)) => reference.as_str(),
        _ => "",
    };
    Ok(listed!(tx, filter, Row, "SELECT r.*", "AND reference > $27 ORDER BY reference LIMIT $28", reference, limit,))
}

struct Count {
    rows: i64,
}

struct OfState {
    state: String,
    rows: i64,
    overdue: i64,
    changed: i64,
}

/// A query as SQL takes it.
struct Filter {
    placing_agencies: Vec<Uuid>,
    programs: Vec<Uuid>,
    receiving_agencies: Vec<Uuid>,
    sites: Vec<Uuid>,
    services: Vec<Uuid>,
    destinations: Vec<Uuid>,
    states: Vec<String>,
    from: Date,
    to: Date,
    site: Option<Uuid>,
    service: Option<Uuid>,
    destination: Option<Uuid>,
    program: Option<Uuid>,
    closure: Option<Uuid>,
    /// A unit's people see only what has a unit, as `Viewer::sees` says of one request.
    only_chosen: bool,
    text: String,
    reference: String,
    overdue: bool,
    changed: bool,
    person: Uuid,
    school: bool,
    /// The states whose clock runs, beside them the days before which it must have begun to be overdue.
    clocks: Vec<String>,
    cutoffs: Vec<jiff_sqlx::Date>,
    today: Date,
    /// How a unit was asked whose answer the one who looks may not see.
    asked: Vec<String>,
    /// The states of such answers.
    hidden: Vec<String>,
}

impl Filter {
    fn of(query: &ListQuery, context: &ListContext) -> Self {
        let (reach, role) = (&context.reach, context.role);
        let school = role == Role::PlacingCoordinator;
        let codes = |states: Vec<Status>| states.into_iter().map(Status::code).map(str::to_owned).collect();
        let mut states = visibility::stored(&query.states, role);
        if query.closure.is_some() {
            states.retain(|status| touched_by_closures().any(|touched| touched == *status));
        }
        Self {
            placing_agencies: if school { reach.ids(ScopeKind::Agency) } else { Vec::new() },
            programs: reach.ids(ScopeKind::Program),
            receiving_agencies: if school { Vec::new() } else { reach.ids(ScopeKind::Agency) },
            sites: reach.ids(ScopeKind::Site),
            services: reach.ids(ScopeKind::Service),
            destinations: reach.ids(ScopeKind::Destination),
            states: codes(states),
            from: query.active.start(),
            to: query.active.end(),
            site: query.site.map(|id| id.uuid()),
            service: query.service.map(|id| id.uuid()),
            destination: query.destination.map(|id| id.uuid()),
            program: query.program.map(|id| id.uuid()),
            closure: query.closure.map(|id| id.uuid()),
            only_chosen: matches!(role, Role::DestinationCoordinator | Role::DestinationMonitor),
            text: fold(&query.query),
            reference: fold_reference(&query.query),
            overdue: query.overdue,
            changed: query.changed,
            person: context.person.uuid(),
            school,
            clocks: context.cutoffs.iter().map(|cutoff| cutoff.0.code().to_owned()).collect(),
            cutoffs: context.cutoffs.iter().map(|cutoff| cutoff.1.to_sqlx()).collect(),
            today: context.today,
            asked: codes(visibility::asked(&query.states)),
            hidden: codes(visibility::hidden(role)),
        }
    }
}
