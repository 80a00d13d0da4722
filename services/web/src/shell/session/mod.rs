//! Who is signed in with a browser. The tokens stay here: the browser holds a secret that finds and opens them.

mod key;
mod person;
mod session_store;
mod store;

pub(crate) use key::BrowserKey;
pub(crate) use person::Session;
pub(crate) use session_store::{Ended, SessionStore};
