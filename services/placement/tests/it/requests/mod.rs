//! The request and its cycle.

mod clock;
mod contacts;
mod events;
mod fit;
mod hidden;
mod idempotency;
mod input;
mod journey;
mod lists;
mod quick_entry;
mod scopes;
mod seen;
mod states;
mod turns;
mod walk;
