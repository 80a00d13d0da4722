//! What is around every page: who looks at it, what the browser holds, the menu, errors, headers.

mod addresses;
mod assets;
pub(crate) mod cookies;
mod error;
mod error_page;
mod flash;
mod form_check;
pub(crate) mod headers;
mod kept;
mod kept_page;
mod layout;
mod middleware;
mod navigation;
mod page_set;
mod redraw;
mod session;
mod sign_in_page;
mod state;
pub(crate) mod trace;
mod visitor;

pub(crate) use addresses::{address, own_back, own_page};
pub(crate) use assets::{asset, routes as asset_routes};
pub(crate) use error::{PageError, missing};
pub(crate) use error_page::of_status;
pub(crate) use kept_page::come_in;
pub(crate) use layout::{Layout, Link};
pub(crate) use middleware::visit;
pub(crate) use navigation::NavEntry;
pub(crate) use page_set::PageSet;
pub(crate) use redraw::{NO_CALL, NO_VERSION, Redraw};
pub(crate) use session::{BrowserKey, Session};
pub(crate) use sign_in_page::{SignInPage, page as sign_in_page};
pub(crate) use state::AppState;
pub(crate) use visitor::{SignedIn, Visitor};
