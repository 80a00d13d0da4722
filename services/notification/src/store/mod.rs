//! SQL, and rows to domain. Functions take the caller's transaction and never commit.

pub mod agency;
pub mod answer_link;
pub mod closure;
pub mod delivery;
pub mod destination;
pub mod names;
pub mod person;
pub mod program;
pub mod reason;
pub mod request;
pub mod service;
pub mod site;

pub use chassis::{StoreError as Error, Tx};

/// What a projection did with a version.
fn is_taken(done: &sqlx::postgres::PgQueryResult) -> bool {
    done.rows_affected() == 1
}
