//! Pages of requests, and counts. A statement holds the conditions that its filters need and no others, so that each kind of
//! question is planned for itself, and a page is read from an index in the order in which it is shown.

use jiff_sqlx::ToSqlx as _;
use kernel::ClosureId;
use sqlx::{Postgres, QueryBuilder};

use super::{
    Error,
    filter::{Begins, Filter},
    row::Row,
};
use crate::requests::domain::{Cursor, ListContext, ListQuery, Order, PlacementRequest, StateCount, Status};
use chassis::Tx;

/// How far rows are counted.
const COUNTED: i64 = 10_000;

/// A request with the version that the one who looks has seen of it, if any.
pub type Listed = (PlacementRequest, Option<i64>);

/// One page: at most one row more than asked for, which says that there is a next page.
pub async fn page(tx: &mut Tx, query: &ListQuery, context: &ListContext) -> Result<Vec<Listed>, Error> {
    let filter = Filter::of(query, context);
    let limit = query.page_size + 1;
    let rows = match query.order {
        Order::StartDate => by_start_date(tx, &filter, query.after.as_ref(), limit).await?,
        Order::UpdateTimeDescending | Order::Reference => {
            let sorting = Sorting::of(query.order, &filter);
            select(tx, &filter, Begins::Whenever, &sorting, query.after.as_ref(), limit).await?
        }
    };
    rows.into_iter().map(|found| Ok((found.row.try_into()?, found.seen))).collect()
}

/// How many rows all pages have, counted to 10000.
pub async fn count(tx: &mut Tx, query: &ListQuery, context: &ListContext) -> Result<i64, Error> {
    let filter = Filter::of(query, context);
    let mut sql = QueryBuilder::new("SELECT count(*) FROM (SELECT FROM placement_request r WHERE ");
    filter.reached(&mut sql);
    filter.narrow(&mut sql, Begins::Whenever);
    sql.push(" LIMIT ").push_bind(COUNTED).push(") AS counted");
    Ok(sql.build_query_scalar().fetch_one(&mut **tx).await?)
}

/// The version in which a closure is known here, if it is.
pub async fn closure_version(tx: &mut Tx, closure: ClosureId) -> Result<Option<i64>, Error> {
    let found = sqlx::query_scalar!("SELECT version FROM directory_closure WHERE id = $1", closure.uuid());
    Ok(found.fetch_optional(&mut **tx).await?)
}

/// How many rows are in each state that the one who looks may tell from others, counted in one pass over the reach.
pub async fn by_state(tx: &mut Tx, query: &ListQuery, context: &ListContext) -> Result<Vec<StateCount>, Error> {
    let filter = Filter::of(query, context);
    let mut sql = QueryBuilder::new("SELECT ");
    filter.seen_state(&mut sql);
    sql.push(", count(*), count(*) FILTER (WHERE ");
    filter.overdue(&mut sql);
    sql.push("), count(*) FILTER (WHERE s.version < ").push(filter.version());
    sql.push(") FROM placement_request r LEFT JOIN request_seen s ON s.request_id = r.id AND s.person_id = ");
    sql.push_bind(context.person.uuid()).push(" WHERE ");
    filter.reached(&mut sql);
    filter.narrow(&mut sql, Begins::Whenever);
    sql.push(" GROUP BY 1");
    let rows: Vec<(String, i64, i64, i64)> = sql.build_query_as().fetch_all(&mut **tx).await?;
    let counted = |(state, all, overdue, changed): (String, i64, i64, i64)| {
        let status = Status::parse(&state);
        let fault = || Error::inconsistent("placement_request", "state", &state);
        Ok(StateCount { status: status.ok_or_else(fault)?, all, overdue, changed })
    };
    rows.into_iter().map(counted).collect()
}

/// What begins in the period first, then what had begun before it: two ranges of one index, the second of which is seldom
/// looked into.
async fn by_start_date(
    tx: &mut Tx,
    filter: &Filter<'_>,
    after: Option<&Cursor>,
    limit: i64,
) -> Result<Vec<Found>, Error> {
    let sorting = Sorting::of(Order::StartDate, filter);
    let mut rows = Vec::new();
    let mut after = after;
    if !matches!(after, Some(Cursor::StartDate(start, ..)) if *start < filter.from) {
        rows = select(tx, filter, Begins::InPeriod, &sorting, after, limit).await?;
        after = None;
    }
    let left = limit - i64::try_from(rows.len()).unwrap_or(limit);
    if left > 0 {
        rows.extend(select(tx, filter, Begins::Before, &sorting, after, left).await?);
    }
    Ok(rows)
}

/// A row of a page.
#[derive(sqlx::FromRow)]
struct Found {
    #[sqlx(flatten)]
    row: Row,
    seen: Option<i64>,
}

/// What an order compares.
struct Sorting {
    columns: String,
    /// Behind each column.
    direction: &'static str,
    /// What comes behind a cursor is so.
    behind: &'static str,
}

impl Sorting {
    fn of(order: Order, filter: &Filter<'_>) -> Self {
        let (columns, descending) = match order {
            Order::UpdateTimeDescending => (vec![filter.updated_at(), "id"], true),
            Order::StartDate => (vec!["start_date", "end_date", "id"], false),
            Order::Reference => (vec!["reference"], false),
        };
        let (direction, behind) = if descending { (" DESC", "<") } else { ("", ">") };
        Self { columns: columns.join(", "), direction, behind }
    }

    /// `ORDER BY` with a limit.
    fn order(&self, sql: &mut QueryBuilder<Postgres>, limit: i64) {
        let terms = self.columns.replace(", ", &format!("{}, ", self.direction));
        sql.push(format_args!(" ORDER BY {terms}{} LIMIT ", self.direction)).push_bind(limit);
    }

    /// What comes behind a cursor of this order.
    fn after(&self, sql: &mut QueryBuilder<Postgres>, cursor: &Cursor) {
        sql.push(format_args!(" AND ({}) {} (", self.columns, self.behind));
        match cursor {
            Cursor::UpdateTime(at, id) => {
                sql.push_bind(at.to_sqlx()).push(", ").push_bind(id.uuid());
            }
            Cursor::StartDate(start, end, id) => {
                sql.push_bind(start.to_sqlx()).push(", ").push_bind(end.to_sqlx()).push(", ").push_bind(id.uuid());
            }
            Cursor::Reference(reference) => {
                sql.push_bind(reference.clone());
            }
        }
        sql.push(")");
    }
}

/// The first rows behind a cursor: of each scope those that may be among them, then the first of these.
async fn select(
    tx: &mut Tx,
    filter: &Filter<'_>,
    begins: Begins,
    sorting: &Sorting,
    after: Option<&Cursor>,
    limit: i64,
) -> Result<Vec<Found>, Error> {
    if filter.scopes.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = QueryBuilder::new("SELECT r.*, s.version AS seen FROM (");
    for (number, (column, ids)) in filter.scopes.iter().enumerate() {
        // A request may be in reach by more than one kind of scope.
        sql.push(if number > 0 { " UNION " } else { "" }).push("SELECT found.* FROM unnest(").push_bind(ids.clone());
        sql.push(") AS scope (id) CROSS JOIN LATERAL (SELECT * FROM placement_request r WHERE r.");
        sql.push(column).push(" = scope.id");
        filter.narrow(&mut sql, begins);
        if let Some(cursor) = after {
            sorting.after(&mut sql, cursor);
        }
        sorting.order(&mut sql, limit);
        sql.push(") AS found");
    }
    sql.push(") AS r LEFT JOIN request_seen s ON s.request_id = r.id AND s.person_id = ").push_bind(filter.person());
    sorting.order(&mut sql, limit);
    Ok(sql.build_query_as().fetch_all(&mut **tx).await?)
}
