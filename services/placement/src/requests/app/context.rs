//! What use cases know of the world context the database.

use std::{ops::Deref, sync::Arc};

use kernel::Env;

use crate::requests::domain::Deadlines;

/// Time and ids, the province, and its deadlines.
#[derive(Clone)]
pub struct Context {
    env: Env,
    /// The province's code, with which references begin.
    pub province: Arc<str>,
    /// How many days each side has.
    pub deadlines: Deadlines,
}

impl Context {
    /// Of a process, with an operator's deadlines.
    #[must_use]
    pub const fn new(env: Env, province: Arc<str>, deadlines: Deadlines) -> Self {
        Self { env, province, deadlines }
    }
}

impl Deref for Context {
    type Target = Env;

    fn deref(&self) -> &Env {
        &self.env
    }
}
