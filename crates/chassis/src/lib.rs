//! The process shell: everything that a service needs around its own work, so that services hold nothing but that work.
//!
//! A service implements [`Service`]; [`main`] makes a process of it, and [`Process`] hosts any number of them in one (the
//! all-in-one and the tests do). Both run the same steps: load settings, open the pool, migrate or refuse to start while
//! a migration is pending, `build`, serve gRPC behind the [authentication](mod@authentication) layer, start consumers, then the relay, then timed
//! tasks. On SIGTERM or Ctrl-C the process stops taking new work, finishes what it has in hand, and leaves; a second
//! signal, or the end of the grace period, cuts what is left.
//!
//! Deliberately absent: repositories, dependency injection, globals for shutdown or configuration, an ambient clock.

pub mod access;
pub mod admin;
pub mod auth;
mod authentication;
pub mod client_address;
mod component;
pub mod config;
mod copies;
pub mod db;
pub mod error;
pub mod forwarded;
mod http_server;
pub mod idempotency;
mod keys;
mod lifecycle;
mod link;
pub mod locale;
mod logs;
pub mod mask;
pub mod migrate;
pub mod page;
mod peers;
mod process;
pub mod rpc;
mod run;
pub mod security;
mod serve;
mod service_tokens;
mod store_error;
mod tasks;
pub mod telemetry;
mod use_case;

pub use auth::Principal;
pub use component::{Component, Host, Service};
pub use config::{Secret, Settings, Validate};
pub use db::{Appended, Db, Tail, Tx};
pub use directory::model::{Grant, Scope};
pub use error::Failure;
pub use keys::KeySource;
pub use lifecycle::Lifecycle;
pub use link::{Link, LinkSettings};
pub use locale::Messages;
pub use peers::{PeerClient, Peers};
pub use process::{FOLLOW_DIRECTORY, Incoming, Process};
pub use run::main;
pub use service_tokens::{CLIENT, FRONT_END, ServiceTokens};
pub use store_error::StoreError;
pub use tasks::{TaskRun, Waker};
pub use use_case::UseCase;
