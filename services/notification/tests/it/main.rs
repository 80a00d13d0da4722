//! The notification service against a real database and a real mail server; placement is stood in for.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod answer_links;
mod deliveries;
mod messages;
mod placement;
mod world;
