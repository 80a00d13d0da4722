//! What the messages of the ten resources have in common.

use chassis::mask::Mask;
use kernel::{Fields, Invalid};

use crate::resources::{
    domain::{code::Code, stored::Stored},
    wire::text::code,
};

/// A resource and its message. One parser serves creation and change: a change is the stored entry's message with the
/// fields of the mask laid over it, parsed again.
pub trait Message: Sized {
    /// The message.
    type Proto: Clone + Default + Send + Sync;
    /// The event that says what it is now.
    type Event: proto::Event;

    /// The name of the resource in requests, with which the paths of its fields begin.
    const NAME: &'static str;
    /// The fields that an update may change.
    const CHANGEABLE: &'static [&'static str];

    /// The entry that a message tells of.
    ///
    /// # Errors
    /// Every field that is wrong, by its path in the request.
    fn parse(message: &Self::Proto) -> Result<Self, Invalid>;

    /// The message that tells of an entry.
    fn write(stored: &Stored<Self>) -> Self::Proto;

    /// Lays those changeable fields of `from` that the mask names over what is stored.
    fn overlay(stored: &mut Self::Proto, from: &Self::Proto, mask: &Mask);

    /// The event of an entry.
    fn changed(stored: &Stored<Self>) -> Self::Event;

    /// What becomes of an entry when the fields of the mask are laid over it.
    ///
    /// # Errors
    /// Every field of the result that is wrong.
    fn merge(stored: &Stored<Self>, message: &Self::Proto, mask: &Mask) -> Result<Self, Invalid> {
        let mut merged = Self::write(stored);
        Self::overlay(&mut merged, message, mask);
        Self::parse(&merged)
    }
}

/// The id of an entry that a request names.
///
/// # Errors
/// `REQUIRED` or `MALFORMED_ID` on `field`.
pub fn key<Id: std::str::FromStr>(field: &str, text: &str) -> Result<Id, Invalid> {
    let mut fields = Fields::default();
    let id = fields.id(field, text);
    fields.finish(|| id)
}

/// The code of an entry that a request names.
///
/// # Errors
/// `REQUIRED` or `MALFORMED_CODE` on `field`.
pub fn code_key(field: &str, text: &str) -> Result<Code, Invalid> {
    let mut fields = Fields::default();
    let code = code(&mut fields, field, text, 1..=40);
    fields.finish(|| code)
}
