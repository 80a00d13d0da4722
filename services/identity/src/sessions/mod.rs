//! Signing in and out, refresh tokens, roles of a session.

mod app;
mod domain;
mod grpc;
mod refresh_token;
mod store;
mod tasks;
mod wire;

pub(crate) use domain::session::EndCause;
pub(crate) use grpc::Sessions;
pub(crate) use store::session::end_all;
pub(crate) use tasks::purge_sessions;
