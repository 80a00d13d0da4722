//! The record of access.

mod domain;
mod store;

pub(crate) use domain::{AuditEntry, What};
pub(crate) use store::append;
