//! SQL, and rows as the domain's types.

pub mod row;
pub mod table;
