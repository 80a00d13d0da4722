//! Signing in, and staying signed in.

mod purge;
mod refresh;
mod sign_in;
