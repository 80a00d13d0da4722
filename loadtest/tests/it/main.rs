//! The smoke profile against a real all-in-one.

mod smoke;
