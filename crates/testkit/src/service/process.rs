//! A process as the tests set it up.

use std::sync::Arc;

use chassis::{Process, Secret, Settings, config::Internal};
use eventing::Transport;
use jiff::tz::TimeZone;
use kernel::{Clock, Env, FixedClock, Ids};
use tonic::transport::Channel;

use super::user;

/// What services of the tests prove themselves to each other with.
pub const INTERNAL_SECRET: &str = "a secret that only tests know, of enough length";

pub(super) fn internal() -> Internal {
    Internal { secret: Secret::new(INTERNAL_SECRET), ..Internal::default() }
}

/// The time of a clock, in Québec, and ids that are the same in every run.
///
/// # Panics
/// Never: the time zone database is compiled in or installed.
#[must_use]
pub fn env(clock: &FixedClock, seed: u64) -> Env {
    let clock: Arc<dyn Clock> = Arc::new(clock.clone());
    let zone = TimeZone::get("America/Toronto").expect("the time zone database is compiled in or installed");
    Env { ids: Ids::seeded(Arc::clone(&clock), seed), clock, zone }
}

/// An empty process whose services trust each [`token`]: those of `inside` will be in it, those of `peers` stand behind channels.
///
/// # Panics
/// Never: the key is a constant.
pub fn process(env: Env, inside: &[&'static str], peers: impl IntoIterator<Item = (&'static str, Channel)>) -> Process {
    let mut process = Process::new(env, Transport::in_process(), inside);
    user::trust(&mut process);
    for (name, channel) in peers {
        process.reach(name, channel);
    }
    process
}

/// Settings of a process of the tests, without a database.
#[must_use]
pub fn settings<C: Default>(service: C) -> Settings<C> {
    Settings { internal: internal(), service, ..Settings::default() }
}
