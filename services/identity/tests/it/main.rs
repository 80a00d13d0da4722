//! The identity service against a real database.

mod access;
mod accounts;
mod audit;
mod callers;
mod copies;
mod grants;
mod keys;
mod people;
mod seed;
mod sessions;
mod texts;
mod upgrade;
mod world;
