//! What rows of a list must fulfil, as conditions of a statement. What its query does not ask for adds none.

use directory::model::ScopeKind;
use jiff::{ToSpan as _, civil::Date};
use jiff_sqlx::ToSqlx as _;
use kernel::SearchTerms;
use sqlx::{Postgres, QueryBuilder};
use uuid::Uuid;

use crate::requests::domain::{
    LONGEST_MONTHS, ListContext, ListQuery, Role, Status, fold_reference, touched_by_closures, visibility,
};

/// When a request may begin; it is active in the period in any case.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Begins {
    Whenever,
    InPeriod,
    Before,
}

/// A query and who asks it, as SQL takes them.
pub(super) struct Filter<'a> {
    query: &'a ListQuery,
    context: &'a ListContext,
    /// The columns by which the grants reach rows, with the ids.
    pub(super) scopes: Vec<(&'static str, Vec<Uuid>)>,
    states: Vec<Status>,
    /// The first day of the period.
    pub(super) from: Date,
    is_school: bool,
}

impl<'a> Filter<'a> {
    pub(super) fn of(query: &'a ListQuery, context: &'a ListContext) -> Self {
        let is_school = context.role == Role::PlacingCoordinator;
        let scopes = [
            (if is_school { "placing_agency_id" } else { "receiving_agency_id" }, ScopeKind::Agency),
            ("program_id", ScopeKind::Program),
            ("site_id", ScopeKind::Site),
            ("service_id", ScopeKind::Service),
            ("destination_id", ScopeKind::Destination),
        ];
        let scopes = scopes.map(|(column, kind)| (column, context.reach.ids(kind)));
        let mut states = visibility::stored(&query.states, context.role);
        if query.closure.is_some() {
            states.retain(|status| touched_by_closures().any(|touched| touched == *status));
        }
        Self {
            query,
            context,
            scopes: scopes.into_iter().filter(|(_, ids)| !ids.is_empty()).collect(),
            states,
            from: query.active.start(),
            is_school,
        }
    }

    /// The one who looks.
    pub(super) const fn person(&self) -> Uuid {
        self.context.person.uuid()
    }

    /// The column that counts the changes which the one who looks may notice.
    pub(super) const fn version(&self) -> &'static str {
        if self.is_school { "r.school_version" } else { "r.version" }
    }

    /// The column that holds the last of them.
    pub(super) const fn updated_at(&self) -> &'static str {
        if self.is_school { "school_updated_at" } else { "updated_at" }
    }

    /// The state as the one who looks may tell it from others.
    pub(super) fn seen_state(&self, sql: &mut QueryBuilder<Postgres>) {
        let hidden = visibility::hidden(self.context.role);
        if hidden.is_empty() {
            sql.push("r.state");
            return;
        }
        sql.push("CASE WHEN r.state = ANY(").push_bind(codes(&hidden)).push(") THEN r.asked_state ELSE r.state END");
    }

    /// That a grant reaches the row.
    pub(super) fn reached(&self, sql: &mut QueryBuilder<Postgres>) {
        sql.push("(false");
        for (column, ids) in &self.scopes {
            sql.push(" OR r.").push(column);
            match &ids[..] {
                [id] => sql.push(" = ").push_bind(*id),
                ids => sql.push(" = ANY(").push_bind(ids.to_vec()).push(")"),
            };
        }
        sql.push(")");
    }

    /// That the due date has passed; the domain's `Turn` says the same of one request.
    pub(super) fn overdue(&self, sql: &mut QueryBuilder<Postgres>) {
        let (clocks, cutoffs): (Vec<Status>, Vec<_>) =
            self.context.cutoffs.iter().map(|(status, day)| (*status, day.to_sqlx())).unzip();
        let since = if self.is_school { "r.school_since" } else { "r.since" };
        let clocks = codes(&clocks);
        sql.push("r.state = ANY(").push_bind(clocks.clone()).push(") AND (r.start_date < ");
        sql.push_bind(self.context.today.to_sqlx()).push(" OR ").push(since).push(" < (").push_bind(cutoffs);
        sql.push("::date[])[array_position(").push_bind(clocks).push("::text[], r.state)])");
    }

    /// Adds everything but the scope.
    pub(super) fn narrow(&self, sql: &mut QueryBuilder<Postgres>, begins: Begins) {
        self.active(sql, begins);
        let Self { query, context, .. } = self;
        sql.push(" AND r.state = ANY(").push_bind(codes(&self.states)).push(")");
        let (hidden, asked) = (visibility::hidden(context.role), visibility::asked(&query.states));
        if !hidden.is_empty() && !query.states.is_empty() {
            sql.push(" AND (r.asked_state = ANY(").push_bind(codes(&asked)).push(") OR r.state <> ALL(");
            sql.push_bind(codes(&hidden)).push("))");
        }
        // A unit's people see only what has a unit, as `Viewer::sees` says of one request.
        if matches!(context.role, Role::DestinationCoordinator | Role::DestinationMonitor) {
            sql.push(" AND r.destination_id IS NOT NULL AND NOT r.ended_as_wish");
        }
        for (column, id) in [
            ("site_id", query.site.map(|id| id.uuid())),
            ("service_id", query.service.map(|id| id.uuid())),
            ("destination_id", query.destination.map(|id| id.uuid())),
            ("program_id", query.program.map(|id| id.uuid())),
        ] {
            if let Some(id) = id {
                sql.push(" AND r.").push(column).push(" = ").push_bind(id);
            }
        }
        if query.overdue {
            sql.push(" AND ");
            self.overdue(sql);
        }
        if query.changed {
            sql.push(" AND EXISTS (SELECT FROM request_seen s WHERE s.request_id = r.id AND s.person_id = ");
            sql.push_bind(context.person.uuid()).push(" AND s.version < ").push(self.version()).push(")");
        }
        self.touched(sql);
        self.named(sql);
    }

    /// That it is active in the period: the index by the first day serves, since no placement is longer than [`LONGEST_MONTHS`].
    fn active(&self, sql: &mut QueryBuilder<Postgres>, begins: Begins) {
        let (from, to) = (self.from, self.query.active.end());
        let earliest = from.saturating_sub(LONGEST_MONTHS.months());
        let (first, last) = match begins {
            Begins::Whenever => (earliest, to),
            Begins::InPeriod => (from, to),
            Begins::Before => (earliest, from.saturating_sub(1.day())),
        };
        sql.push(" AND r.start_date BETWEEN ").push_bind(first.to_sqlx()).push(" AND ").push_bind(last.to_sqlx());
        if begins != Begins::InPeriod {
            sql.push(" AND r.end_date >= ").push_bind(from.to_sqlx());
        }
    }

    /// That the closure touches it, where one is named.
    fn touched(&self, sql: &mut QueryBuilder<Postgres>) {
        let Some(closure) = self.query.closure else { return };
        sql.push(" AND EXISTS (SELECT FROM directory_closure c WHERE c.id = ").push_bind(closure.uuid());
        sql.push(
            " AND c.active AND asks_for_day_in(r.weekdays, r.start_date, r.end_date, c.start_date, c.end_date)
              AND (c.place_id = r.receiving_agency_id OR c.place_id = r.site_id OR c.place_id = r.destination_id))",
        );
    }

    /// That its reference or a name holds what is searched. Names are searched in the directory, which is small, so that a
    /// renamed site is found by its new name and five million requests need no text index.
    fn named(&self, sql: &mut QueryBuilder<Postgres>) {
        let (terms, reference) = (SearchTerms::of(&self.query.query), fold_reference(&self.query.query));
        if terms.is_empty() {
            return;
        }
        sql.push(" AND (false");
        if !reference.is_empty() {
            sql.push(" OR strpos(replace(lower(r.reference), '-', ''), ").push_bind(reference).push(") > 0");
        }
        for (column, table) in [
            ("placing_agency_id", "directory_agency"),
            ("program_id", "directory_program"),
            ("site_id", "directory_site"),
            ("destination_id", "directory_destination"),
        ] {
            sql.push(format_args!(" OR r.{column} IN (SELECT id FROM {table} WHERE search ~ ALL("));
            sql.push_bind(terms.patterns()).push("))");
        }
        sql.push(")");
    }
}

fn codes(states: &[Status]) -> Vec<String> {
    states.iter().map(|status| status.code().to_owned()).collect()
}
