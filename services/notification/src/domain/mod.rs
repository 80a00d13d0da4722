//! What notification decides, without a database, a mail server or a clock at hand.

mod answer_link;
mod closure;
mod copies;
mod delivery;
mod facts;
mod letter;
mod link_key;
mod occasion;
mod reach;
mod template;

pub use answer_link::{Answer, AnswerLink, Given, GivenByLink, LinkRefusal, LinkState, Progress};
pub use closure::{ClosedPlace, Closure, ClosureReason, Touches};
pub use copies::{Agency, Destination, LocalizedName, Person, Program, Reason, Service, Site};
pub use delivery::{
    Attempt, Delivery, DeliveryState, InvalidTransition, Outcome, Pending, RetryPolicy, Subject, Trace, message_id,
};
pub use facts::{Facts, Reasons, RequestState};
pub use letter::{AboutClosure, AboutRequest, Body, Letter, NO_ADDRESS, Names};
pub use link_key::{LinkKey, SealedLink};
pub use occasion::{Mail, Occasion};
pub use reach::{Place, Reach};
pub use template::{Template, UnknownTemplate};

#[cfg(test)]
pub(crate) mod tests {
    pub(crate) use super::letter::tests::{closure_letter, letter, letter_with};
}
