//! What is consumed. Every event that placement follows holds the whole of an aggregate, of which it keeps a copy, so that one
//! handler serves all but closures, which touch requests; what differs from event to event is in `wire::ToCopy`.

mod keep_closure;
mod keep_copy;

pub use keep_closure::KeepClosure;
pub use keep_copy::KeepCopy;
