//! What a reach covers, as a condition of SQL.
//!
//! A list that is composed of its filters pushes the condition with [`push`]. A statement that is checked at compile time says
//! the same by hand, with [`Reach::is_province`] and [`Reach::ids`] as arguments and a line per kind that its rows have:
//!
//! ```sql
//! WHERE ($1 OR receiving_agency_id = ANY($2) OR site_id = ANY($3) OR service_id = ANY($4) OR destination_id = ANY($5))
//! ```
//!
//! Both are true of a row exactly where [`Reach::covers`] is of its place; a test compares the three on random rows. A place
//! that a row does not have is NULL, so the condition may be NULL where it is not true: it stands in a WHERE, never under a NOT.

use sqlx::{Postgres, QueryBuilder};

use crate::model::{Reach, ScopeKind};

/// The columns that say where the rows of a list lie. A kind without a column is out of reach.
#[derive(Clone, Copy, Debug, Default)]
pub struct Columns {
    /// The agency's id.
    pub agency: Option<&'static str>,
    /// The site's id.
    pub site: Option<&'static str>,
    /// The service's id.
    pub service: Option<&'static str>,
    /// The ids of all services, as an array, where rows have several.
    pub services: Option<&'static str>,
    /// The unit's id.
    pub destination: Option<&'static str>,
    /// The program's id.
    pub program: Option<&'static str>,
}

/// Adds the condition, in parentheses; with no more comparisons than the reach has kinds.
pub fn push(builder: &mut QueryBuilder<Postgres>, reach: &Reach, columns: &Columns) {
    if reach.is_province() {
        builder.push("true");
        return;
    }
    let comparisons = [
        (ScopeKind::Agency, columns.agency, " = any("),
        (ScopeKind::Site, columns.site, " = any("),
        (ScopeKind::Service, columns.service, " = any("),
        (ScopeKind::Service, columns.services, " && ("),
        (ScopeKind::Destination, columns.destination, " = any("),
        (ScopeKind::Program, columns.program, " = any("),
    ];
    let mut opening = "(";
    for (kind, column, operator) in comparisons {
        let (Some(column), ids) = (column, reach.ids(kind)) else { continue };
        if !ids.is_empty() {
            builder.push(opening).push(column).push(operator).push_bind(ids).push(")");
            opening = " or ";
        }
    }
    builder.push(if opening == "(" { "false" } else { ")" });
}
