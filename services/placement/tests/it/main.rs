//! Placement in memory on a real database, called as anyone.

mod calls;
mod closures;
mod copies;
mod guests;
mod occupancy;
mod requests;
mod search;
mod texts;
mod watch;
mod worklist;
mod world;
