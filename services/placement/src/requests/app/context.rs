//! What use cases know of the world beside the database.

use std::{ops::Deref, sync::Arc};

use directory::Directory;
use kernel::Env;

use crate::requests::domain::{Deadlines, Now};

/// Time and ids, the province with its deadlines, and who and where.
#[derive(Clone)]
pub struct Context {
    env: Env,
    /// The province's code, with which references begin.
    pub province: Arc<str>,
    /// How many days each side has.
    pub deadlines: Deadlines,
    /// Places, programs, codes and people.
    pub directory: Directory,
}

impl Context {
    /// Of a process, with an operator's deadlines.
    #[must_use]
    pub const fn new(env: Env, province: Arc<str>, deadlines: Deadlines, directory: Directory) -> Self {
        Self { env, province, deadlines, directory }
    }

    /// The present, as transitions take it.
    #[must_use]
    pub fn at(&self) -> Now {
        Now { now: self.now(), today: self.today() }
    }
}

impl Deref for Context {
    type Target = Env;

    fn deref(&self) -> &Env {
        &self.env
    }
}
