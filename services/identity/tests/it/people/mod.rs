//! Staff records, and what others learn of them.

mod export;
mod records;
