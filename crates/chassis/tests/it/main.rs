//! What the chassis promises beside real servers.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod cancelled;
mod encrypted;
mod ended;
mod hanging;
