//! Accounts and their passwords.

mod dormant;
mod passwords;
mod states;
