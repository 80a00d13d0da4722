//! Timed work.

mod disable_dormant;
mod purge_sessions;
mod rotate_keys;

pub use disable_dormant::disable_dormant;
pub use purge_sessions::purge_sessions;
pub use rotate_keys::rotate_keys;

/// The cause of a failed run, for the log.
fn failed(failure: chassis::Failure) -> anyhow::Error {
    anyhow::anyhow!("{}: {}", failure.reason(), failure.chain())
}
