//! What is decided, and why: pure, with the time as an argument.

pub mod backlog;
pub mod calendar;
pub mod decision;
pub mod plan;
pub mod reason;

pub use calendar::{MonthDay, Peak};
pub use decision::{Bounds, Decision, Memory, Observed, ScaleDown, decide};
pub use plan::{Component, Plan};
pub use reason::{Hold, Reason};
