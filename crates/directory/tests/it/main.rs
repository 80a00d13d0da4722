//! What the directory promises, on a real database: fresh, of one piece, and the same rule for one thing and for lists.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod entries;
mod filling;
mod fresh;
mod people;
mod world;
