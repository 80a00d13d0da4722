//! One file per use case.

mod error;
pub mod export_request_report;
pub mod keep_name;
pub mod list_request_report;
pub mod project_request;

pub use error::ReportError;
