//! Timed work.

/// The cause of a failed run, for the log.
pub(crate) fn failed(failure: chassis::Failure) -> anyhow::Error {
    anyhow::anyhow!("{}: {}", failure.reason(), failure.chain())
}
