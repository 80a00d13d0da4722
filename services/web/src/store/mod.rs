//! SQL of the front end's one table.

pub(crate) mod browser_session;
pub(crate) mod bulk_run;
