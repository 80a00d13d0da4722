//! Read models and reports.
