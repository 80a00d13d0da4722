//! The keys that sign access tokens, and the signing.

mod access_token;
mod app;
mod domain;
mod store;
mod tasks;

pub(crate) use access_token::{public_key, sign};
pub(crate) use app::ListKeys;
pub(crate) use domain::SigningKey;
pub(crate) use store::current;
pub(crate) use tasks::rotate_keys;
