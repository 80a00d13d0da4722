//! What every crate may know: typed ids, the clock, the kinds of errors, languages, dates, folded text. No I/O, no service's
//! concepts; whatever belongs to one service lives there.
//!
//! The ambient clock and generator are banned by clippy elsewhere: time comes from a [`Clock`] that is passed in, ids come
//! from [`Ids`], so that tests and the demonstration province decide both.

mod clock;
mod coded;
mod date_range;
mod error;
mod fields;
mod fold;
mod id;
mod locale;
mod page;
mod search;
mod text;

pub use clock::{Clock, Env, FixedClock, Ids, SystemClock};
pub use date_range::{DateRange, DateRangeError};
pub use error::{ErrorKind, FieldViolation, Problem};
pub use fields::{Fields, Invalid};
pub use fold::{fold, numbers_in_order, sort_key};
pub use id::*;
pub use locale::{Locale, UnknownLocale};
pub use page::cut_page;
pub use search::SearchTerms;
pub use text::{Text, full_name};
