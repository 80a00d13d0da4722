//! Timed work.

pub mod prune_deliveries;
pub mod send_mail;
