//! Use cases. Each takes the caller's transaction and never commits.

pub mod access;
pub mod announce;
pub mod create_person;
pub mod export;
pub mod get_me;
pub mod get_person;
pub mod list_people;
pub mod update_person;
