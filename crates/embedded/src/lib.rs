//! PostgreSQL and RabbitMQ as children of this process, from the programs that the system's packages installed: nothing is
//! downloaded, nothing listens but on loopback, nothing outlives us. The all-in-one keeps its data in a folder; tests take
//! a temporary one.

mod account;
mod broker_user;
mod home;
mod ports;
pub mod postgres;
pub mod rabbitmq;
mod server;

pub use home::Home;
pub use ports::free_port;
