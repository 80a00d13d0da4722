//! What the ten resources have in common: listing, versions, table, message, use cases, calls.

mod app;
mod domain;
mod grpc;
mod store;
mod wire;

pub(crate) use app::{
    access,
    changes::{add, fact, replace},
    context::Context,
    reads::{Get, get, list},
    refusal::Refusal,
    resource::Resource,
    rules::becomes_active,
};
pub(crate) use domain::{
    code::Code,
    fold::fold_all,
    listing::{Listing, Position, Sorted},
    stored::Stored,
};
pub(crate) use grpc::{
    rpcs::{self, rpcs},
    server::Server,
};
pub(crate) use store::{
    row,
    table::{Table, reads},
};
pub(crate) use wire::{
    message::{Message, code_key, key},
    text::{self, NAME, SHORT_NAME},
};
