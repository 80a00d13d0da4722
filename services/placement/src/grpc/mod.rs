//! One file per RPC group: authenticate, parse, run the use case in one transaction, write the answer.

mod caller;
mod internal;
mod requests;
mod watch;
mod written;

pub use internal::Internal;
pub use requests::Requests;
