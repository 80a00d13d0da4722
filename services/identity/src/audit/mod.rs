//! The record of access: who came in, was refused, went out, and who changed whose rights, from where. The operator reads it; it
//! is kept for [`Config::keep_access_days`](crate::Config::keep_access_days), and holds what was typed nowhere.

mod app;
mod domain;
mod grpc;
mod store;
mod tasks;
mod wire;

pub(crate) use domain::{AuditEntry, What};
pub(crate) use grpc::Audit;
pub(crate) use store::{append, has_signed_in_from};
pub(crate) use tasks::purge_access_record;
