mod access;
pub mod log;
mod prune;
mod retries;
mod statements;
mod trace;
