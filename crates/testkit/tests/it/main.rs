//! The testkit itself, tried.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
mod mail;
mod servers;
