//! Configuration against a real database, through its own door.

mod admission;
mod codes;
mod export;
mod facilities;
mod input;
mod listing;
mod people;
mod places;
mod schooling;
mod scopes;
mod seed;
mod texts;
mod updates;
mod world;
