mod answer;
mod link;
mod refusal;
mod token;

pub(crate) use answer::Answer;
pub(crate) use link::{AnswerByLink, AnswerLink, GivenAnswer, LinkState, Progress};
pub(crate) use refusal::LinkRefusal;
pub use token::{LinkKey, SealedLink};
