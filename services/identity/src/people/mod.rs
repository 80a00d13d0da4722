//! Staff records, who sees and administers them, and what is published of a person: record, account and grants.

mod app;
mod domain;
mod grpc;
mod store;
mod wire;

pub(crate) use app::{
    access::{Actor, administered, visible, visible_held},
    announce::{changed, note},
    reads::GetMe,
};
pub use domain::person::Card;
pub(crate) use domain::{
    person::{Person, PersonError},
    profile::Profile,
};
pub(crate) use grpc::{export::Export, people::People};
pub(crate) use store::{
    person::{find, insert, lock},
    profile::get,
};
pub(crate) use wire::person::to_proto;
