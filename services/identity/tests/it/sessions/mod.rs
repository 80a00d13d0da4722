//! Signing in, and staying signed in.

mod delays;
mod purge;
mod refresh;
mod sign_in;
