//! What people see of a service or destination beside the entry.

mod contacts;
mod fields;
mod history;
