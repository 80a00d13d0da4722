//! People, accounts, rights and sessions: types and rules, without I/O.

pub mod account;
pub mod actor;
pub mod audit;
pub mod email;
pub mod grant;
pub mod login;
pub mod password;
pub mod person;
pub mod place;
pub mod profile;
pub mod role;
pub mod session;
pub mod sign_in;
pub mod signing_key;
