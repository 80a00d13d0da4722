//! The identity service against a real database.

mod access;
mod accounts;
mod audit;
mod beginnings;
mod copies;
mod export;
mod grants;
mod keys;
mod passwords;
mod people;
mod refresh;
mod sign_in;
mod tasks;
mod texts;
mod world;
