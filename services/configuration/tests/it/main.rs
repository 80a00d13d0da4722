//! Configuration against a real database, through its own server.

mod admission;
mod closures;
mod codes;
mod contacts;
mod export;
mod facilities;
mod input;
mod listing;
mod people;
mod places;
mod profile_history;
mod profiles;
mod schooling;
mod scopes;
mod seed;
mod texts;
mod updates;
mod world;
