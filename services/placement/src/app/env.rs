//! What use cases know of the world beside the database.

use std::ops::Deref;

use crate::domain::Deadlines;

/// Time and ids, and the deadlines of the province.
#[derive(Clone)]
pub struct Env {
    env: kernel::Env,
    /// How many days each side has.
    pub deadlines: Deadlines,
}

impl Env {
    /// Of a process, with an operator's deadlines.
    #[must_use]
    pub const fn new(env: kernel::Env, deadlines: Deadlines) -> Self {
        Self { env, deadlines }
    }
}

impl Deref for Env {
    type Target = kernel::Env;

    fn deref(&self) -> &kernel::Env {
        &self.env
    }
}
