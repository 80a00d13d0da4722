//! From a problem to what a caller reads: the one place that turns kinds into gRPC codes.

use std::{collections::HashMap, error::Error as StdError, time::Duration};

use kernel::{ErrorKind, FieldViolation, Problem};
use tonic::{Code, Status};
use tonic_types::{ErrorDetails, StatusExt as _};

use crate::{locale, telemetry};

/// The domain of `ErrorInfo`.
pub const DOMAIN: &str = "tandem.health";

/// Any [`Problem`] on its way to the caller.
#[derive(Debug)]
pub struct Failure(Box<dyn Problem + Send + Sync>);

impl<P: Problem + Send + Sync + 'static> From<P> for Failure {
    fn from(problem: P) -> Self {
        Self(Box::new(problem))
    }
}

impl Failure {
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind()
    }

    #[must_use]
    pub fn reason(&self) -> &'static str {
        self.0.reason()
    }

    #[must_use]
    pub fn fields(&self) -> Vec<FieldViolation> {
        self.0.fields()
    }

    /// Whether a transaction lost against another one and may simply be run again.
    pub(crate) fn is_serialization_failure(&self) -> bool {
        self.sql_error()
            .and_then(sqlx::Error::as_database_error)
            .and_then(|e| e.code())
            .is_some_and(|code| matches!(code.as_ref(), "40001" | "40P01"))
    }

    fn sql_error(&self) -> Option<&sqlx::Error> {
        let mut cause: Option<&(dyn StdError + 'static)> = self.0.source();
        while let Some(error) = cause {
            if let Some(sql) = error.downcast_ref::<sqlx::Error>() {
                return Some(sql);
            }
            cause = error.source();
        }
        None
    }

    /// The reason and the causes, for a task's log and for a terminal; never for a caller.
    #[must_use]
    pub fn into_anyhow(self) -> anyhow::Error {
        anyhow::anyhow!("{}: {}", self.reason(), self.chain())
    }

    /// The error and all its causes, for the log and for a terminal; never for a caller.
    #[must_use]
    pub fn chain(&self) -> String {
        let mut text = self.0.to_string();
        let mut cause = self.0.source();
        while let Some(error) = cause {
            text.push_str(": ");
            text.push_str(&error.to_string());
            cause = error.source();
        }
        text
    }
}

/// Whether trying again later may help: the database is away or full, or something is wrong with us.
#[must_use]
pub fn store_kind(error: &sqlx::Error) -> ErrorKind {
    match error {
        sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_) => ErrorKind::Unavailable,
        // Class 08: connection exceptions; 53: insufficient resources; 57P: the server is stopping; 40: lost too often.
        sqlx::Error::Database(e) => match e.code() {
            Some(code) if ["08", "53", "57P", "40"].iter().any(|class| code.starts_with(class)) => {
                ErrorKind::Unavailable
            }
            _ => ErrorKind::Internal,
        },
        _ => ErrorKind::Internal,
    }
}

/// The gRPC code of a kind; the gateway makes the HTTP status of it by Google's table.
#[must_use]
pub const fn code(kind: ErrorKind) -> Code {
    match kind {
        ErrorKind::Invalid => Code::InvalidArgument,
        ErrorKind::Unauthenticated => Code::Unauthenticated,
        ErrorKind::Forbidden => Code::PermissionDenied,
        ErrorKind::NotFound => Code::NotFound,
        ErrorKind::AlreadyExists => Code::AlreadyExists,
        ErrorKind::Conflict => Code::Aborted,
        ErrorKind::Precondition => Code::FailedPrecondition,
        ErrorKind::Exhausted => Code::ResourceExhausted,
        ErrorKind::Unavailable => Code::Unavailable,
        ErrorKind::Internal => Code::Internal,
    }
}

impl From<Failure> for Status {
    fn from(failure: Failure) -> Self {
        let problem = &*failure.0;
        if problem.kind() == ErrorKind::Internal {
            // The only place where an internal cause is written; the trace id on the log line leads the support to it.
            let trace_id = telemetry::trace_id();
            tracing::error!(trace_id, reason = problem.reason(), cause = failure.chain(), "internal error");
        }
        refusal(problem.kind(), problem.reason(), problem.details(), &problem.fields(), problem.retry_after())
    }
}

/// A status with reason, fields and the text in the caller's language.
#[must_use]
pub fn status(
    kind: ErrorKind,
    reason: &'static str,
    details: Vec<(&'static str, String)>,
    fields: &[FieldViolation],
) -> Status {
    refusal(kind, reason, details, fields, None)
}

/// The stable code of what somebody else has refused; empty where they named none.
#[must_use]
pub fn reason(status: &Status) -> String {
    status.get_details_error_info().map(|info| info.reason).unwrap_or_default()
}

fn refusal(
    kind: ErrorKind,
    reason: &'static str,
    details: Vec<(&'static str, String)>,
    fields: &[FieldViolation],
    retry_after: Option<Duration>,
) -> Status {
    let text = locale::text(reason, &details);
    let mut errors = ErrorDetails::new();
    errors
        .set_error_info(reason, DOMAIN, details.into_iter().map(|(k, v)| (k.to_owned(), v)).collect::<HashMap<_, _>>())
        .set_localized_message(locale::current().code(), text.clone());
    if !fields.is_empty() {
        errors.set_bad_request(fields.iter().map(violation).collect::<Vec<_>>());
    }
    if retry_after.is_some() {
        errors.set_retry_info(retry_after);
    }
    // As the log line names it: whoever meets the error has something to report it by.
    if kind == ErrorKind::Internal
        && let Some(trace_id) = telemetry::trace_id()
    {
        errors.set_request_info(trace_id, "");
    }
    Status::with_error_details(code(kind), text, errors)
}

fn violation(fault: &FieldViolation) -> tonic_types::FieldViolation {
    let text = locale::text(fault.reason, &fault.details);
    tonic_types::FieldViolation {
        field: fault.field.clone(),
        description: text.clone(),
        reason: fault.reason.to_owned(),
        localized_message: Some(tonic_types::LocalizedMessage::new(locale::current().code(), text)),
    }
}
