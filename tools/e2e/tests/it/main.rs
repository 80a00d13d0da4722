//! What Tandem promises, shown from outside.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod browser;
mod errors;
mod everyone;
mod gateway;
mod isolation;
mod journey;
mod non_user;
mod pages;
mod restart;
mod roles;
mod shared;
mod trace;
mod walk;
mod wire;
mod world;
