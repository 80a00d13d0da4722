//! Closures of places, as far as they touch requests (domain §5.6).

mod app;
mod domain;
mod events;
mod store;
mod wire;

pub(crate) use events::KeepClosure;
