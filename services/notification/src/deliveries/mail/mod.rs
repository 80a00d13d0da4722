//! From a mail's facts to the mail server: texts in the reader's language, the two parts of the message, and SMTP. Knows
//! neither the database nor the contracts.

mod compose;
mod folder;
mod mime;
mod sending;
mod smtp;
mod texts;

pub(crate) use compose::Writer;
pub(crate) use smtp::Mailer;
