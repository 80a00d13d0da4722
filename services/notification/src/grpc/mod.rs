//! The RPCs, one file per group.

mod answer_link;
mod delivery;
mod reach;

pub use answer_link::AnswerLinks;
pub use delivery::Deliveries;
