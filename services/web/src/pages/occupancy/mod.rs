//! How full units are: a table of destinations and weeks, as a heat map whose every cell also says it in words (domain §10).

mod cell;
mod chart;
mod export;
mod find;
mod links;
mod menu;
mod query;
mod scope;
mod show;
mod weeks;
mod words;

use axum::{Router, routing::get};

use crate::shell::{AppState, PageSet};

pub(crate) use chart::Chart;
pub(crate) use links::Links;
pub(crate) use menu::ENTRY;
pub(crate) use scope::Counted;
pub(crate) use weeks::Period;

pub(crate) const PAGES: PageSet = PageSet { routes, entry: Some(ENTRY) };

fn routes() -> Router<AppState> {
    Router::new().route("/occupancy", get(show::show)).route("/occupancy.csv", get(export::export))
}
