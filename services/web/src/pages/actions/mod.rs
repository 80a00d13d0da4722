//! The actions of a request as pages offer them. Each is declared once, in `declarations`: its button, its form, the same for many
//! requests at once, the call, and what is said afterwards follow from there.

mod action;
mod calls;
mod declarations;
mod offer;
mod wording;

pub(crate) use action::{Action, Field};
pub(crate) use calls::Input;
pub(crate) use declarations::{
    ACCEPT_AT_DESTINATION, ACCEPT_FOR_AGENCY, DECLINE_AT_DESTINATION, DECLINE_FOR_AGENCY, DELETE, REDIRECT, SEND,
};
pub(crate) use offer::{for_many, linked, named_for_many, offered, posted};
