//! Accounts and their states, logins, passwords.

mod app;
mod domain;
mod grpc;
mod passwords;
mod store;
mod tasks;
mod temporary_password;
mod wire;

pub(crate) use app::opening::insert_with_free_login;
pub(crate) use domain::{
    account::{Account, AccountError, Verdict},
    state::{Credential, DisabledCause, StateName},
};
pub use domain::{login::Login, password::broken_rules};
pub(crate) use grpc::Accounts;
pub use passwords::Passwords;
pub(crate) use store::{find, insert, of_people, owner, update};
pub(crate) use tasks::disable_dormant;
pub(crate) use temporary_password::temporary_password;
pub(crate) use wire::{parse_id, state_to_proto};
