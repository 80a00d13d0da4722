//! The program on small code bases of the test's own: it passes a clean one, and refuses each breach that is planted.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod breaches;
mod tree;
