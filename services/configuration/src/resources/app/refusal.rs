//! Why the directory refuses.

use chassis::StoreError;
use kernel::{ErrorKind, FieldViolation, Invalid, Problem};

/// Why a use case did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// There is no such entry.
    #[error("no such entry")]
    NotFound,
    /// The entry has changed since it was read.
    #[error("changed since it was read")]
    Stale,
    /// The caller's grants do not reach it.
    #[error("out of the caller's scope")]
    OutOfScope,
    /// A destination coordinator asks for more than the profile (domain §4.4).
    #[error("more than the profile")]
    ProfileOnly,
    /// The input is wrong.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// The code belongs to another entry.
    #[error("the code is taken")]
    CodeTaken,
    /// Nothing can be put below a retired agency.
    #[error("the agency is retired")]
    AgencyRetired,
    /// Nothing can be put into a closed site.
    #[error("the site is closed")]
    SiteClosed,
    /// Nothing can be put below a retired program.
    #[error("the program is retired")]
    ProgramRetired,
    /// A service goes only when no active destination uses it (domain §5.3).
    #[error("{destinations} active destinations use the service")]
    ServiceInUse {
        /// How many.
        destinations: i64,
    },
    /// The store failed.
    #[error("the store failed")]
    Store(#[source] StoreError),
}

impl From<StoreError> for Refusal {
    /// The only unique keys that a caller chooses are codes.
    fn from(cause: StoreError) -> Self {
        match &cause {
            StoreError::Database(sqlx::Error::Database(error)) if error.is_unique_violation() => Self::CodeTaken,
            _ => Self::Store(cause),
        }
    }
}

impl From<sqlx::Error> for Refusal {
    fn from(cause: sqlx::Error) -> Self {
        StoreError::Database(cause).into()
    }
}

impl Refusal {
    /// One field is wrong.
    pub fn field(field: impl Into<String>, reason: &'static str) -> Self {
        Self::Invalid(Invalid::field(field, reason))
    }
}

impl Problem for Refusal {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::NotFound => ErrorKind::NotFound,
            Self::Stale => ErrorKind::Conflict,
            Self::OutOfScope | Self::ProfileOnly => ErrorKind::Forbidden,
            Self::Invalid(invalid) => invalid.kind(),
            Self::CodeTaken => ErrorKind::AlreadyExists,
            Self::AgencyRetired | Self::SiteClosed | Self::ProgramRetired | Self::ServiceInUse { .. } => {
                ErrorKind::Precondition
            }
            Self::Store(cause) => cause.kind(),
        }
    }

    fn reason(&self) -> &'static str {
        match self {
            Self::NotFound => "NOT_FOUND",
            Self::Stale => "STALE_ETAG",
            Self::OutOfScope => "OUT_OF_SCOPE",
            Self::ProfileOnly => "PROFILE_ONLY",
            Self::Invalid(invalid) => invalid.reason(),
            Self::CodeTaken => "CODE_TAKEN",
            Self::AgencyRetired => "AGENCY_RETIRED",
            Self::SiteClosed => "SITE_CLOSED",
            Self::ProgramRetired => "PROGRAM_RETIRED",
            Self::ServiceInUse { .. } => "SERVICE_IN_USE",
            Self::Store(cause) => cause.reason(),
        }
    }

    fn fields(&self) -> Vec<FieldViolation> {
        match self {
            Self::Invalid(invalid) => invalid.fields(),
            _ => Vec::new(),
        }
    }

    fn details(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::ServiceInUse { destinations } => vec![("destinations", destinations.to_string())],
            _ => Vec::new(),
        }
    }
}
