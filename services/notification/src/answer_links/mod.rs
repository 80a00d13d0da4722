//! Links by which the agent of a destination that is not a user answers without an account.

mod app;
mod domain;
mod grpc;
mod store;
mod wire;

pub(crate) use app::{Issue, Links};
pub(crate) use domain::AnswerLink;
pub use domain::{LinkKey, SealedLink};
pub(crate) use grpc::AnswerLinks;
pub(crate) use store::{find_all, newest_versions};

#[cfg(test)]
pub(crate) use domain::LinkState;
