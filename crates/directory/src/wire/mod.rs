//! Messages of identity and configuration ↔ the model, for those who keep copies.

mod configuration;
mod person;
mod rights;

use kernel::{Invalid, Text};
use proto::{Event, text::v1::LocalizedText};

pub use rights::{Unspecified, claimed_scope, grant, grant_message, scope};

use crate::model::{Aggregate, Entry};

/// An event that holds the whole of an entry.
pub trait EntryChanged: Event {
    /// The kind of entry.
    const AGGREGATE: Aggregate;

    /// The entry that it holds.
    ///
    /// # Errors
    /// If the event cannot be what its owner promises.
    fn entry(&self) -> Result<Entry, Invalid>;
}

fn present<'a, T>(part: &'a Option<T>, path: &str) -> Result<&'a T, Invalid> {
    part.as_ref().ok_or_else(|| Invalid::field(path, "REQUIRED"))
}

fn text(text: &Option<LocalizedText>) -> Text {
    text.as_ref().map(|text| Text::new(text.fr.as_str(), text.en.as_str())).unwrap_or_default()
}
