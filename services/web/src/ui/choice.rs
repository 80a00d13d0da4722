//! An option of a form field.

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Choice {
    pub(crate) value: String,
    pub(crate) label: String,
    pub(crate) selected: bool,
}

impl Choice {
    /// An option, selected if it is the chosen one.
    pub(crate) fn new(value: &str, label: String, chosen: &str) -> Self {
        Self { value: value.to_owned(), label, selected: value == chosen }
    }
}
