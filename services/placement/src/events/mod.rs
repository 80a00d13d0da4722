//! What is consumed. Every event that placement follows holds the whole of an aggregate, of which it keeps a copy, so that one
//! handler serves all eleven; what differs from event to event is in `wire::ToCopy`.

mod keep_copy;

pub use keep_copy::KeepCopy;
