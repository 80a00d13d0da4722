//! The few kinds of errors, and what an error must be able to say of itself.

/// What kind of thing went wrong: the one list that gRPC codes and HTTP statuses are made from (in `chassis`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// The input is wrong whatever the state: the fields say where.
    Invalid,
    /// Nobody is signed in, or the token does not hold.
    Unauthenticated,
    /// The caller may not.
    Forbidden,
    /// No such thing, or not visible to the caller.
    NotFound,
    /// Such a thing is already there.
    AlreadyExists,
    /// Somebody else was faster; read again.
    Conflict,
    /// The state does not allow it.
    Precondition,
    /// Too many, too often.
    Exhausted,
    /// A part of the system is away; trying again later may help.
    Unavailable,
    /// Our fault; the cause is in the log under the trace id.
    Internal,
}

/// One field that is wrong, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldViolation {
    /// Path in the request message, such as `request.start_date`.
    pub field: String,
    /// Stable code of the cause, such as `DATE_REVERSED`; also the key of the text that people read.
    pub reason: &'static str,
    /// Values for that text, such as the most that fits.
    pub details: Vec<(&'static str, String)>,
}

impl FieldViolation {
    #[must_use]
    pub fn new(field: impl Into<String>, reason: &'static str) -> Self {
        Self { field: field.into(), reason, details: Vec::new() }
    }

    /// With a value for the text that people read.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.details.push((name, value.to_string()));
        self
    }
}

/// An error that can be shown to a caller. `reason` is stable and part of the API; the text that people read is found by
/// it, in their language.
pub trait Problem: std::error::Error {
    /// The kind, which decides code and status.
    fn kind(&self) -> ErrorKind;

    /// Stable code in `UPPER_SNAKE_CASE`.
    fn reason(&self) -> &'static str;

    /// The fields that are wrong, for [`ErrorKind::Invalid`].
    fn fields(&self) -> Vec<FieldViolation> {
        Vec::new()
    }

    /// Values for the message text, such as the state that a request is in.
    fn details(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }

    /// How long to wait before it is worth trying again, for [`ErrorKind::Exhausted`].
    fn retry_after(&self) -> Option<std::time::Duration> {
        None
    }
}
