//! Who is signed in with a browser. The tokens stay here: the browser holds a secret that finds and opens them.

mod key;
mod session;
mod session_store;
mod store;

pub(crate) use key::BrowserKey;
pub(crate) use session::Session;
pub(crate) use session_store::{Ended, SessionStore};
