//! The registry of ids. An id is parsed once, at the edge, and is of its own type from there on.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl $name {
            /// The bare UUID, for SQL.
            #[must_use]
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )*};
}

ids! {
    /// A person: staff record, with or without account.
    PersonId,
    /// A right that a person holds.
    GrantId,
    /// A sign-in and its chain of refresh tokens.
    SessionId,
    /// A school or health organisation.
    AgencyId,
    /// A building of a health organisation.
    SiteId,
    /// A clinical service at a site.
    ServiceId,
    /// A unit that receives students.
    DestinationId,
    /// Days on which a place takes no students.
    ClosureId,
    /// A curriculum of a school.
    ProgramId,
    /// A practicum course of a program.
    CourseId,
    /// A term of a province.
    TermId,
    PlacementRequestId,
    /// One entry of a placement request's history.
    HistoryEntryId,
    /// An event, as the outbox publishes it.
    EventId,
    /// A link by which someone without account answers.
    AnswerLinkId,
    /// One e-mail to one person.
    DeliveryId,
    /// A caller's key that makes a repeated call answer the same.
    IdempotencyKey,
}
