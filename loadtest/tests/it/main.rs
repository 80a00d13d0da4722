//! The profiles smoke and pages against a real all-in-one.

mod pages;
mod smoke;
