//! People, accounts, rights and sessions: types and rules, without I/O.

pub mod account;
pub mod audit;
pub mod email;
pub mod grant;
pub mod login;
pub mod password;
pub mod person;
pub mod profile;
pub mod session;
pub mod sign_in;
pub mod signing_key;
