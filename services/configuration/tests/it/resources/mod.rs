//! What the ten resources have in common.

mod admission;
mod input;
mod listing;
mod scopes;
mod updates;
