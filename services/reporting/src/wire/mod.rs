//! Between the contracts and the domain, both ways; pure.

pub mod name;
pub mod request_csv;
pub mod request_fact;
pub mod request_report;
pub mod state;
