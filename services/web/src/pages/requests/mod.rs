//! Inbox and outbox: the list with its filters, the same as a file, and what is done with many requests at once.

mod bulk;
mod bulk_ledger;
mod bulk_run;
mod bulk_work;
mod choices;
mod export;
mod filters;
mod list;
mod listing;
mod pager;
mod period;
mod row;

use axum::{
    Router,
    response::Redirect,
    routing::{get, post},
};
use proto::identity::v1::Role;

use crate::Pages;

pub(crate) use bulk_ledger::Ledger;
pub(crate) use choices::{Choice, programs, sites, terms, with_chosen};
pub(crate) use export::{file, file_name};
pub(crate) use filters::{Filters, LIST, Order};
pub(crate) use list::{StateChoice, states};
pub(crate) use listing::{Listing, read};
pub(crate) use pager::Pager;
pub(crate) use period::{Periods, span};
pub(crate) use row::{Row, page_of};

/// The list and what belongs to it.
pub(crate) fn routes() -> Router<Pages> {
    Router::new()
        .route(LIST, get(list::show))
        .route(filters::FILE, get(export::show))
        // Whoever asks for these by their address has lost the form that led there.
        .route(bulk::PREPARE, post(bulk::prepare).get(async || Redirect::to(LIST)))
        .route(bulk::RUN, post(bulk_run::run).get(async || Redirect::to(LIST)))
        .route("/requests/bulk/{run}", get(bulk_run::show))
}

/// The key of what the list is called for a role.
pub(crate) const fn title(role: Role) -> &'static str {
    if matches!(role, Role::PlacingCoordinator) { "nav-outbox" } else { "nav-inbox" }
}
