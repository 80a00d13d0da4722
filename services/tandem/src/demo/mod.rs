//! The demonstration: a province that looks as if people had worked in it for a year. Real facilities of Québec, invented
//! schools, units, people and requests, in both languages.
//!
//! - **Nothing is written past the services.** Directory, rights and requests come to be by the RPCs that people use, on the same databases,
//!   in a process of their own; only accounts that can be used at once, the starter lists and the import of facilities are
//!   use cases that a command line calls anyway.
//! - **The past is real.** The process' clock stands at the instant of each act, so that histories, delays and links say what they
//!   would say had it happened. Acts that would lie ahead of the day of loading are left out: what is open then is open.
//! - **It is the same every time.** All choices come from one seed; the day of loading moves the dates, ids are the services'.
//! - **Nobody is mailed.** Mails of the past become files in a folder that goes with the process; none is left to be sent.
//!   Addresses end in `.example`, which leads nowhere.
//! - **It is whole or it is not used.** The operator is its first row, the provincial lead its last: with the one and without the
//!   other, loading broke off.

mod accounts;
mod calendar;
mod callers;
mod calls;
mod clinics;
mod closures;
mod contents;
mod directory;
mod draw;
mod journey;
mod load;
mod mails;
mod names;
mod paths;
mod play;
mod profiles;
mod requests;
mod schools;
mod seed;
mod settle;
mod sites;
mod staff;
mod steps;
mod units;
mod words;
mod world;

#[cfg(test)]
mod tests;

use chassis::Settings;
use jiff::Timestamp;

pub use self::accounts::{ACCOUNTS, Account, PASSWORD, table};
pub(crate) use self::load::load_into;
use crate::{Config, database::Databases};

/// What a load found or made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The province was empty and holds the demonstration now.
    Loaded(Summary),
    /// The demonstration was there; nothing was touched.
    Present,
}

/// What was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Facilities that were imported.
    pub sites: usize,
    /// People, with account or without.
    pub people: usize,
    /// Units that receive students.
    pub units: usize,
    /// Placement requests, deleted ones included.
    pub requests: usize,
    /// Mails that were written about them, and sent nowhere.
    pub mails: usize,
}

/// Loads the demonstration as of `now` into the databases that the settings name, unless it is there.
///
/// # Errors
/// If the province holds other data, or an earlier load broke off; or if a service fails.
pub async fn load(settings: &Settings<Config>, now: Timestamp) -> anyhow::Result<Outcome> {
    let databases = Databases::open(settings).await?;
    load_into(settings, &databases, now).await
}
