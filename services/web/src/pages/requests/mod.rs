//! Inbox and outbox: the list with its filters, the same as a file, and what is done with many requests at once.

mod bulk;
mod export;
mod filter_choices;
mod filters;
mod list;
mod listing;
mod menu;
mod period;
mod row;
mod states;

use axum::{Router, routing::get};

use crate::shell::{AppState, PageSet};

pub(crate) use export::file_name;
pub(crate) use filter_choices::{programs, sites, terms, with_chosen};
pub(crate) use filters::{Filters, LIST};
pub(crate) use listing::{read, read_summaries};
pub(crate) use menu::ENTRY;
pub(crate) use period::{Periods, span};
pub(crate) use row::{Row, page_of};
pub(crate) use states::{StateChoice, states};

pub(crate) const PAGES: PageSet = PageSet { routes, entry: Some(ENTRY) };

fn routes() -> Router<AppState> {
    Router::new().route(LIST, get(list::show)).route(filters::FILE, get(export::show)).merge(bulk::routes())
}
