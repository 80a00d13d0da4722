//! The notification service against a real database and a real mail server; placement is stood in for.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod access;
mod closures;
mod events;
mod link_refusals;
mod links;
mod log;
mod mails;
mod placement;
mod prune;
mod retries;
mod trace;
mod world;
