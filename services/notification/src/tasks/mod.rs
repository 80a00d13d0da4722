//! Timed work.

pub mod send_mail;
