//! What placement keeps of other services' data.

mod domain;
mod events;
mod store;
mod wire;

pub(crate) use domain::Closure;
pub(crate) use events::KeepCopy;
pub(crate) use store::put_closure;
pub(crate) use wire::closure;
