//! What each folder of pages brings along.

use axum::Router;

use super::{navigation::NavEntry, state::AppState};

pub(crate) struct PageSet {
    pub(crate) routes: fn() -> Router<AppState>,
    /// The entry in the menu, for those that have one.
    pub(crate) entry: Option<NavEntry>,
}
