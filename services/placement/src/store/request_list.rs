//! Pages of requests. One condition for inbox and outbox alike: the scopes of the other side are empty then, and an empty
//! scope costs nothing.

use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx as _;
use kernel::{PlacementRequestId, fold};
use uuid::Uuid;

use super::{Error, row::Row};
use crate::domain::{Cursor, ListQuery, Order, PlacementRequest, Reach, Role, Status, fold_reference, view};
use chassis::Tx;

/// How far rows are counted.
const COUNTED: i64 = 10_000;

/// Runs a statement whose condition is shared: `$1` to `$16` are the filters, `$17` and on belong to the statement.
///
/// Names are searched in the copies first, which are small, so that a renamed site is found by its new name and five
/// million requests need no text index.
macro_rules! listed {
    ($tx:expr, $filter:expr, $row:ident, $head:literal, $tail:literal $(, $argument:expr)* $(,)?) => {{
        let filter = $filter;
        sqlx::query_as!(
            $row,
            $head + " FROM placement_request r
            WHERE (placing_agency_id = ANY($1) OR program_id = ANY($2) OR receiving_agency_id = ANY($3)
                   OR site_id = ANY($4) OR service_id = ANY($5) OR destination_id = ANY($6))
              AND state = ANY($7)
              AND end_date >= $8 AND start_date <= $9
              AND ($10::uuid IS NULL OR site_id = $10)
              AND ($11::uuid IS NULL OR service_id = $11)
              AND ($12::uuid IS NULL OR destination_id = $12)
              AND ($13::uuid IS NULL OR program_id = $13)
              AND (destination_id IS NOT NULL OR NOT $14)
              AND ($15 = ''
                   OR ($16 <> '' AND strpos(replace(lower(reference), '-', ''), $16) > 0)
                   OR placing_agency_id IN (SELECT id FROM agency_copy WHERE strpos(search, $15) > 0)
                   OR program_id IN (SELECT id FROM program_copy WHERE strpos(search, $15) > 0)
                   OR site_id IN (SELECT id FROM site_copy WHERE strpos(search, $15) > 0)
                   OR destination_id IN (SELECT id FROM destination_copy WHERE strpos(search, $15) > 0)) " + $tail,
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
            $($argument,)*
        )
        .fetch_all(&mut **$tx)
        .await?
    }};
}

/// One page: at most one row more than asked for, which says that there is a next page.
///
/// # Errors
/// If the database fails or a row is inconsistent.
pub async fn page(tx: &mut Tx, query: &ListQuery, reach: &Reach, role: Role) -> Result<Vec<PlacementRequest>, Error> {
    let filter = Filter::of(query, reach, role);
    let limit = query.page_size + 1;
    let rows = match query.order {
        Order::UpdateTimeDescending => by_update_time(tx, &filter, query.after.as_ref(), limit).await?,
        Order::StartDate => by_start_date(tx, &filter, query.after.as_ref(), limit).await?,
        Order::Reference => by_reference(tx, &filter, query.after.as_ref(), limit).await?,
    };
    rows.into_iter().map(PlacementRequest::try_from).collect()
}

/// How many rows all pages have, counted to 10000.
///
/// # Errors
/// If the database fails.
pub async fn count(tx: &mut Tx, query: &ListQuery, reach: &Reach, role: Role) -> Result<i64, Error> {
    let filter = Filter::of(query, reach, role);
    let counted = listed!(
        tx,
        &filter,
        Count,
        "SELECT count(*) AS \"rows!\" FROM (SELECT 1 AS one",
        "LIMIT $17) AS counted",
        COUNTED
    );
    Ok(counted.first().map_or(0, |count| count.rows))
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
        "SELECT *",
        "AND (updated_at, id) < ($17, $18) ORDER BY updated_at DESC, id DESC LIMIT $19",
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
        "SELECT *",
        "AND (start_date, id) > ($17, $18) ORDER BY start_date, id LIMIT $19",
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
    Ok(listed!(tx, filter, Row, "SELECT *", "AND reference > $17 ORDER BY reference LIMIT $18", reference, limit,))
}

struct Count {
    rows: i64,
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
    /// A unit's people see only what has a unit, as `Viewer::sees` says of one request.
    only_chosen: bool,
    text: String,
    reference: String,
}

impl Filter {
    fn of(query: &ListQuery, reach: &Reach, role: Role) -> Self {
        let states = view::stored(&query.states, role);
        Self {
            placing_agencies: reach.placing_agencies.iter().map(|id| id.uuid()).collect(),
            programs: reach.programs.iter().map(|id| id.uuid()).collect(),
            receiving_agencies: reach.receiving_agencies.iter().map(|id| id.uuid()).collect(),
            sites: reach.sites.iter().map(|id| id.uuid()).collect(),
            services: reach.services.iter().map(|id| id.uuid()).collect(),
            destinations: reach.destinations.iter().map(|id| id.uuid()).collect(),
            states: states.into_iter().map(Status::code).map(str::to_owned).collect(),
            from: query.active.start(),
            to: query.active.end(),
            site: query.site.map(|id| id.uuid()),
            service: query.service.map(|id| id.uuid()),
            destination: query.destination.map(|id| id.uuid()),
            program: query.program.map(|id| id.uuid()),
            only_chosen: matches!(role, Role::DestinationCoordinator | Role::DestinationMonitor),
            text: fold(&query.query),
            reference: fold_reference(&query.query),
        }
    }
}
