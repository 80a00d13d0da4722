mod closure;
pub(super) mod facts;
mod message;
mod trigger;

pub(crate) use closure::AffectedRequests;
pub(crate) use facts::{Facts, Reasons, RequestState};
pub(crate) use message::Message;
pub(crate) use trigger::{Addressed, Trigger};
