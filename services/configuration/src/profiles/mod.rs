//! What people see of a service or destination beside the entry: who changed what, and whom one turns to.

mod app;
mod domain;
mod grpc;
mod store;
mod wire;

pub(crate) use domain::profile_history::{FieldChange, Profile, ProfileChange, Standing, of_destination, of_service};
pub(crate) use store::profile_history::append;
