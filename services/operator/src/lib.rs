//! The operator: scales the deployments of each province on Kubernetes, as its resource `Province` declares.
//!
//! It owns no schema and no events; it reads the queues' lengths from the broker's management API, and its memory is the
//! status of the resource. One look at a province has five steps, each a module: [`mod@dereference`] (caches and broker
//! give [`facts`]), [`mod@validate`] (the declaration becomes a plan, or its faults are reported), [`mod@build`] (pure: plan,
//! facts and memory give what should be), [`mod@apply`] (server-side, under a field manager of its own), [`mod@status`].
//!
//! How it scales: each component gets a HorizontalPodAutoscaler between floor and ceiling, which adds replicas by CPU and
//! takes one away at a time. The operator moves the lower bound alone: up at once when a window of the calendar comes near
//! or a backlog grows; down by one step, late, and only while all replicas are ready and the disruption budget admits it.
//!
//! How consumers are drained: a replica that goes gets SIGTERM and stops in two phases (`chassis::Lifecycle`): it takes no
//! new message, finishes those in hand within its grace period, and what it could not finish the broker gives to another,
//! whose inbox makes the repetition harmless. The operator's part is the pace: the next replica goes only `stepSeconds`
//! later, and only if the backlog would leave the rest at ease.
//!
//! Invariants: never below the floor, never above the ceiling; nothing is taken away on incomplete knowledge (an unknown
//! backlog, caches that are not filled, a declaration that does not hold together); nothing is scaled while a migration
//! runs; a province does not go before its autoscalers are gone; decisions take the clock as an argument.

pub mod apply;
pub mod broker;
pub mod build;
pub mod config;
pub mod context;
mod controller;
pub mod dereference;
pub mod domain;
pub mod facts;
mod flag;
pub mod labels;
mod leader;
mod measure;
mod reconcile;
mod report;
pub mod resource;
mod run;
pub mod status;
pub mod texts;
pub mod validate;

mod command;

pub use command::main;
pub use flag::Flag;
pub use run::{Readiness, operate};
