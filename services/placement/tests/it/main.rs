//! Placement in memory on a real database, called as anyone.

mod affected;
mod calls;
mod clock;
mod closures;
mod contacts;
mod copies;
mod events;
mod hidden;
mod idempotency;
mod input;
mod journey;
mod link;
mod lists;
mod occupancy;
mod places;
mod quick_entry;
mod scopes;
mod seen;
mod states;
mod texts;
mod turns;
mod watch;
mod worklist;
mod world;
