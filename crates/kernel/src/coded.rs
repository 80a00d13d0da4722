//! Enums that are known by a stable code: in the database, in events, in the details of errors.

/// Declares an enum with `ALL`, `code()` and `parse()`, which are each other's inverse.
///
/// ```
/// kernel::coded! {
///     /// Yes or no.
///     Answer {
///         /// Yes.
///         Accept = "ACCEPT",
///         /// No.
///         Decline = "DECLINE",
///     }
/// }
/// assert_eq!(Answer::parse(Answer::Accept.code()), Some(Answer::Accept));
/// assert_eq!(Answer::parse("MAYBE"), None);
/// ```
#[macro_export]
macro_rules! coded {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $code:literal),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$doc])* $variant),* }

        impl $name {
            /// All of them, in order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The stable code.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),* }
            }

            /// The one with this code, if there is one.
            #[must_use]
            pub fn parse(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)* _ => None }
            }
        }
    };
}
