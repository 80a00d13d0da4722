//! The use cases. What the ten resources share is in `resource`; what each demands of its own is in `rules`.

mod access;
pub(crate) mod export;
pub mod import_facilities;
pub(crate) mod list_contacts;
pub(crate) mod list_profile_history;
mod refusal;
pub(crate) mod resource;
mod rules;
pub mod seed_province;

use chassis::Host;
use directory::Directory;
use kernel::Env;

pub(crate) use refusal::Refusal;

/// What the service gives its use cases.
#[derive(Clone)]
pub(crate) struct Context {
    /// Time and ids.
    pub(crate) env: Env,
    /// People.
    pub(crate) directory: Directory,
}

impl From<&Host> for Context {
    fn from(host: &Host) -> Self {
        Self { env: host.env.clone(), directory: host.directory.clone() }
    }
}
