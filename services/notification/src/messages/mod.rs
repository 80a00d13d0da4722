//! What triggers which message, whom it reaches, and what an event tells of a request or a closure.

mod domain;
mod store;
mod wire;

pub(crate) use domain::{Addressed, AffectedRequests, Agreement, Facts, Message, Row, Trigger, triggered};
pub(crate) use store::{keep, lock, newest, newest_of};
pub(crate) use wire::{
    EVENTS_OF_REQUESTS, EachRequestEvent, RequestEvent, affected_requests, each_request_event, facts,
};

#[cfg(test)]
pub(crate) use domain::facts::tests::facts as example;
