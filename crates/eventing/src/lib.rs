//! Outbox, relay, consumer with inbox, topology; broker and in-process transports.
//!
//! The promise: what a service commits together with [`outbox::append`] reaches every queue that is declared for it, and
//! each handler's effect happens once, whichever process dies at whichever moment.
//!
//! ```text
//! state + outbox row ─commit─► Relay ─confirmed─► transport ─► Consumer: inbox row + effect ─commit─► acknowledged
//! ```
//!
//! - Publishing may happen twice (the relay dies between the confirm and the mark), delivering may happen twice (the
//!   consumer dies between commit and acknowledgement); the inbox row, in the handler's transaction, makes both harmless.
//! - Events of one aggregate are published in the order of their outbox rows: the relay has at most one event of an
//!   aggregate under way. Delivery order is not promised, so projections drop what is older (see [`copy`]).
//! - An event that no queue takes is parked, not lost: the relay sets such a type aside and sends it on, in order, as soon
//!   as a queue for it is declared. `mandatory` can't tell that one queue of several is missing, so [`Transport::declare`]
//!   declares the queues of every service when a province is migrated, before any server starts.
//! - A message that was handled as often as the configured delays allow, or was rejected, rests in `<queue>.dead` until
//!   somebody lists and replays it ([`dead_letters`]).
//!
//! The tables stand in each service's own schema, which the connection's `search_path` decides, so every statement names
//! its tables bare. The compile-time checked macros would need one fixed schema to check against: hence `sqlx::query`, and
//! tests that run every statement.
//!
//! Nothing in a person's transaction takes a lock that all share: a relay is woken after the commit, in its own process by
//! [`OutboxSignal`] and across processes by a `NOTIFY` of its own. Events are taken in batches, whose size follows the load:
//! six statements for a batch, and those of its handlers; a [`HandleBatch`] needs as many for a hundred events as for one.

mod consumer;
mod consumers;
pub mod copy;
pub mod dead_letters;
mod envelope;
mod handler;
mod handling;
pub mod outbox;
mod relay;
mod tail;
mod topology;
mod trace_context;
mod transport;
pub mod trust;
mod tx;

pub use consumer::{Consumer, ConsumerConfig, Subscribed};
pub use consumers::{Batch, Consumers};
pub use handler::{AfterCommit, Handle, HandleBatch, HandlerError, Read, Received};
pub use relay::{OutboxSignal, Relay, RelayConfig, RelayError};
pub use tail::{Appended, Appends, Tail};
pub use topology::{Call, Topology, joined};
pub use trace_context::TraceContext;
pub use transport::{RabbitMqConfig, Transport, TransportError};
pub use tx::{Tx, begin, begin_reading};

/// The history of eventing's own tables, to be run into each service's schema; it counts in `_eventing_migrations`.
pub static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!();
