//! Signing in and out, delays after wrong passwords, refresh tokens, roles of a session.

mod app;
mod domain;
mod grpc;
mod refresh_token;
mod store;
mod tasks;
mod wire;

pub(crate) use app::ending::end_delays;
pub(crate) use domain::{delays::Policy, session::EndCause};
pub(crate) use grpc::Sessions;
pub(crate) use store::session::end_all;
pub(crate) use tasks::purge_sessions;
