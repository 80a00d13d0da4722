//! Rights: who may do what where.

mod app;
mod domain;
mod store;
mod wire;

pub(crate) use app::{CreateGrant, DeleteGrant, ListGrants, is_last_operator};
pub use domain::Right;
pub(crate) use domain::{Grant, GrantError, Location, check_kind, check_reach};
pub(crate) use store::{insert, of_people, of_person, operators_logins, usable_operators};
pub(crate) use wire::{parse_create, role, to_proto};
