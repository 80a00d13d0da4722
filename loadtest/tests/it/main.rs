//! The profiles smoke, load, lists, peer and pages against a real all-in-one.

mod comparison;
mod lists;
mod pages;
mod peer;
mod smoke;
mod split;
