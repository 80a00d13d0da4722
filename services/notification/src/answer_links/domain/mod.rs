mod link;
mod refusal;
mod token;

pub(crate) use link::{Answer, AnswerByLink, AnswerLink, GivenAnswer, LinkState, Progress};
pub(crate) use refusal::LinkRefusal;
pub use token::{LinkKey, SealedLink};
