//! Configuration against a real database, through its own server.

mod closures;
mod codes;
mod export;
mod facilities;
mod organisations;
mod profiles;
mod programs;
mod resources;
mod seed;
mod texts;
mod world;
