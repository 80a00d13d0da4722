mod closure;
pub(super) mod facts;
mod message;
mod trigger;

pub(crate) use closure::AffectedRequests;
pub(crate) use facts::{Agreement, Awaits, Facts, Reasons};
pub(crate) use message::{Addressed, Message, Row, triggered};
pub(crate) use trigger::Trigger;
