mod delivery;
mod mail;
mod names;

pub(crate) use delivery::RetryPolicy;
pub(super) use delivery::{Attempt, Delivery, DeliveryState, Outcome, Pending, Subject, Trace, message_id};
pub(super) use mail::{AboutClosure, AboutRequest, Body, Mail, NO_ADDRESS};
pub(super) use names::Names;

#[cfg(test)]
pub(super) mod examples {
    pub(crate) use super::mail::tests::{closure_mail, mail, mail_with};
}
