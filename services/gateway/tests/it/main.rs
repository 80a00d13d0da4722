//! What clients rely on of the gateway, over a stub of the services: whatever transcodes behind it must keep these.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod abuse;
mod data;
mod fields;
mod headers;
mod limits;
mod openapi;
mod protocols;
mod refusals;
mod secrets;
mod streams;
mod world;
