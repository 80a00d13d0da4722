//! Inbox and outbox.

mod bulk;
mod list;
