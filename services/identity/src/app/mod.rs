//! Use cases: load, transition, store, announce. Each takes the caller's transaction and never commits.

mod access;
mod announce;
mod attempt;
pub mod bootstrap;
pub mod change_password;
pub mod create_account;
pub mod create_grant;
pub mod create_person;
pub mod delete_grant;
pub mod disable_dormant;
pub mod export;
pub mod get_account;
pub mod get_me;
pub mod get_person;
pub mod list_grants;
pub mod list_people;
mod open_session;
pub mod purge;
pub mod refresh_session;
pub mod reset_password;
pub mod seed_account;
pub mod set_account_enabled;
pub mod sign_in;
pub mod sign_out;
pub mod signing_keys;
pub mod update_person;

pub use access::Actor;
pub use attempt::{Candidate, Tried, candidate};
pub use open_session::Opened;
