//! The profiles smoke, load, lists and pages against a real all-in-one.

mod comparison;
mod lists;
mod pages;
mod smoke;
