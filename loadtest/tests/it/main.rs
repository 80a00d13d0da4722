//! The profiles smoke, lists and pages against a real all-in-one.

mod lists;
mod pages;
mod smoke;
