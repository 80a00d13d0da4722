//! What the tests of one service stand on; it knows none of them. What starts all of Tandem, and a browser, is the crate
//! `platform`. Nothing is assumed to be running: the servers are private to the test process, listen on free
//! loopback ports, keep their files in a temporary folder, and end with the process however it ends.
//!
//! - [`postgres::Database`]: a database per test, cloned from a template that is made once.
//! - [`rabbitmq::Broker`]: a virtual host per test; [`rabbitmq::Node`]: a broker of one's own, to be killed.
//! - [`encrypted`]: a private authority for certificates, and servers that have one of its.
//! - [`mail::Sink`]: a mail server with faults on demand. [`otlp::Receiver`]: collects spans.
//! - [`service::start`]: one service in memory, on a database of its own, called as anyone. [`stub::Stub`]: what stands in for
//!   the others.
//! - [`answer::Answer`]: what a call over REST was answered, taken apart. [`grpc_web`]: a call as browsers make it.
//! - [`proxy::Proxy`]: a network that can be cut. [`process::Process`]: a child that can be killed.
//! - [`telemetry::Telemetry`]: the spans of the test process, and what a test costs the database.
//! - [`wait_for`] instead of sleeping. Fake clock and seeded ids are `kernel`'s.
//!
//! `cargo run -p testkit --bin testkit-servers -- COMMAND` starts one PostgreSQL and one RabbitMQ for a whole run of tests
//! and hands their addresses down in the environment:
//!
//! | Variable | Meaning |
//! | --- | --- |
//! | `TANDEM_TEST_DATABASE_URL` | a superuser's address of a PostgreSQL server to use instead of a private one |
//! | `TANDEM_TEST_AMQP_URL` | the address of a RabbitMQ to use instead of a private one |
//! | `TANDEM_TEST_AMQP_MANAGEMENT_URL` | its management API, by which each test gets a virtual host; needed with the former |
//! | `TANDEM_TEST_PATIENCE` | factor on every deadline, for slow machines; 1 if not set |

mod admission;
pub mod answer;
pub mod catalogue;
pub mod encrypted;
pub mod grpc_web;
pub mod http;
pub mod mail;
pub mod otlp;
pub mod postgres;
pub mod process;
pub mod proxy;
pub mod rabbitmq;
pub mod raw;
pub mod servers;
pub mod service;
pub mod stub;
pub mod telemetry;
mod wait;

pub use embedded::free_port;
pub use wait::{patience, wait_for, wait_for_some};
