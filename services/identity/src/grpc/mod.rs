//! One file per service of the contract: from message to use case and back.

mod accounts;
mod actor;
mod export;
mod people;
mod sessions;

pub use accounts::Accounts;
pub use export::Export;
pub use people::People;
pub use sessions::Sessions;
