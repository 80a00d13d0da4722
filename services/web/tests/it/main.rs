//! Every page over a stub of the gateway: what it shows, what it asks, what it refuses.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod answer;
mod browser;
mod data;
mod home;
mod new_request;
mod occupancy;
mod places;
mod reports;
mod request;
mod requests;
mod shell;
mod sign_in;
mod world;
