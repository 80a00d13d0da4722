//! Rights: who may do what where.

mod app;
mod domain;
mod store;
mod wire;

pub(crate) use app::{CreateGrant, DeleteGrant, ListGrants};
pub use domain::Right;
pub(crate) use domain::{Grant, GrantError, Location, check_kind, check_reach};
pub(crate) use store::{has_operator, insert, of_people, of_person};
pub(crate) use wire::{parse_create, role, to_proto};
