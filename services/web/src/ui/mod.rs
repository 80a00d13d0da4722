//! What pages are made of: texts, form errors, choices, lists. It knows no page and no visitor.

mod choice;
pub(crate) mod csv;
mod form_errors;
mod pager;
mod render;
mod text;
pub(crate) mod user_message;

pub(crate) use choice::Choice;
pub(crate) use form_errors::FormErrors;
pub(crate) use pager::{Pager, Trail};
pub(crate) use render::render;
pub(crate) use text::{Text, label, slug};
