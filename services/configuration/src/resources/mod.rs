//! What the ten resources have in common: listing, versions, table, message, use cases, calls.

mod app;
mod domain;
mod grpc;
mod store;
mod wire;

pub(crate) use app::{
    access,
    context::Context,
    refusal::Refusal,
    resource::{self, Resource},
    rules::becomes_active,
};
pub(crate) use domain::{
    bilingual::Bilingual,
    code::Code,
    fold::fold_all,
    listing::{Listing, Position, Sorted},
    stored::Stored,
};
pub(crate) use grpc::{
    plumbing::{self, rpcs},
    server::Server,
};
pub(crate) use store::{
    row::{self, Inconsistent},
    table::Table,
};
pub(crate) use wire::{
    message::{Message, code_key, contract, key},
    text::{self, NAME, SHORT_NAME},
};
