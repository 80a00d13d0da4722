//! The notification service against a real database and a real mail server; placement is stood in for.

mod access;
mod events;
mod link_refusals;
mod links;
mod log;
mod mails;
mod placement;
mod retries;
mod trace;
mod world;
