//! From a letter to the mail server: texts in the reader's language, the two parts of the message, and SMTP. Knows neither
//! the database nor the contracts.

mod compose;
mod folder;
mod message;
mod smtp;
mod texts;

pub use compose::{Composed, Writer};
pub use smtp::{Mailer, Sending};
