//! What pages are made of: texts, form errors, choices, lists. It knows no page and no visitor.

mod choice;
mod field;
mod file;
mod form_errors;
mod misfits;
mod pager;
mod render;
mod text;
pub(crate) mod user_message;

pub(crate) use choice::Choice;
pub(crate) use field::{Field, Values, label_of, mask, names};
pub(crate) use file::csv_file;
pub(crate) use form_errors::{FormErrors, is_stale};
pub(crate) use misfits::Misfits;
pub(crate) use pager::{Pager, Trail};
pub(crate) use render::render;
pub(crate) use text::{Text, slug};
