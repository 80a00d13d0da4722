//! What awaits me: counts that lead to exactly what they count, then the work itself. Who answers for destinations does all
//! of it here (domain §18).

mod capacity;
mod coordinator_home;
mod destination_home;
mod menu;
mod show;
mod worklist;

use axum::{Router, routing::get};

use crate::shell::{AppState, PageSet};

pub(crate) const PAGES: PageSet = PageSet { routes, entry: Some(menu::ENTRY) };

fn routes() -> Router<AppState> {
    Router::new().route("/", get(show::show).post(show::again))
}
