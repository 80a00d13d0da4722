//! Use cases, one per file: load, domain transition, store, publish. They run in the caller's transaction.

mod desk;
mod dispatch;
mod env;
mod error;
mod publish;
mod watch;

pub mod add_comment;
pub mod answer_at_destination;
pub mod answer_by_link;
pub mod answer_for_agency;
pub mod cancel_request;
pub mod change_dates;
pub mod change_destination;
pub mod confirm_request;
pub mod create_request;
pub mod delete_request;
pub mod describe_for_link;
pub mod find_places;
pub mod get_occupancy;
pub mod get_request;
pub mod get_request_contacts;
pub mod get_worklist;
pub mod keep_closure;
pub mod keep_copy;
pub mod list_history;
pub mod list_requests;
pub mod mark_request_seen;
pub mod postpone_request;
pub mod reactivate_request;
pub mod redirect_request;
pub mod release_held;
pub mod send_request;
pub mod suggest_destinations;
pub mod update_request;

pub use env::Env;
pub use error::Error;
pub use watch::{News, Watch};
