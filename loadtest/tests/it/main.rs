//! The profiles smoke, load, lists, peer and pages against a real all-in-one.

use std::sync::{Mutex, MutexGuard, PoisonError};

mod comparison;
mod lists;
mod pages;
mod peer;
mod smoke;
mod split;

/// Runs of the program one after the other: each starts servers of its own, and two at once on a small machine would
/// starve each other.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}
