//! How long each page takes besides the gateway's time: every main page of a crowded demonstration, asked for at a fixed rate as
//! each role does, and between them the same calls without a page.
//!
//! The own time is what the front end tells of itself (`Server-Timing`): session, rendering, compression; all but the time in which
//! it awaited the gateway.

mod browser;
mod figures;
mod list;
mod people;
mod runner;
mod seeding;
mod table;

use std::{sync::Arc, sync::atomic::Ordering};

use anyhow::Result;
use jiff::tz::TimeZone;
use kernel::{Clock as _, SystemClock};
use serde::Serialize;

pub(crate) use self::table::of as table;
use self::{figures::Row, people::People, runner::Runner, seeding::Seeded};
use crate::{
    api::Api,
    arguments::Arguments,
    backlog::{Backlog, dead_letters},
    circumstances::Circumstances,
    environment::Environment,
    progress, run,
    session::Keeper,
    tandem::Setup,
};

/// What came of it.
#[derive(Serialize)]
pub(crate) struct Outcome {
    #[serde(flatten)]
    pub(crate) circumstances: Circumstances,
    /// Pages and direct calls per second.
    pub(crate) rate: f64,
    pub(crate) own_limit_ms: u32,
    pub(crate) destinations: usize,
    pub(crate) requests: usize,
    /// By how much one began later than appointed, at most: our own share.
    pub(crate) latest_start_ms: f64,
    pub(crate) pages: Vec<Row>,
    pub(crate) dead_letters: usize,
    pub(crate) log_errors: u64,
    /// The last lines of Tandem's log.
    #[serde(skip)]
    pub(crate) log: String,
}

impl Outcome {
    /// Whether every page was answered, and in a release build quickly enough.
    pub(crate) fn holds(&self) -> bool {
        self.log_errors == 0 && self.pages.iter().all(|page| page.is_answered() && !self.is_slow(page))
    }

    /// Whether a page needs too long itself; a build for development says nothing about that.
    pub(crate) fn is_slow(&self, page: &Row) -> bool {
        self.circumstances.is_release() && page.own.p99 >= f64::from(self.own_limit_ms)
    }
}

/// Runs, unless we are told to stop first; either way everything that was started ends.
pub(crate) async fn run(arguments: &Arguments) -> Result<Outcome> {
    progress("starting PostgreSQL and Tandem with the demonstration");
    let mut environment = Environment::open(None).await?;
    // Mails are read for the link in one of them.
    environment.own.setup = Setup { mail_port: None, demo: true, ..environment.own.setup };
    let outcome = environment.unless_stopped(measure(arguments, &environment)).await;
    environment.clear().await?;
    let outcome = outcome?;
    run::write(arguments, &outcome)?;
    Ok(outcome)
}

async fn measure(arguments: &Arguments, environment: &Environment) -> Result<Outcome> {
    let own = &environment.own;
    let tandem = own.setup.start().await?;
    let (api, database) = (Api::new(own.setup.port), own.database(&environment.server)?);
    let people = People::enter(&api, own.setup.port).await?;
    let today = SystemClock.today(&TimeZone::UTC);
    progress("making it crowded");
    let seeded = Seeded::gather(&api, &people, today, &own.mails()).await?;
    Backlog::drained(&database.pool, None).await?;

    // What went wrong while hundreds of things were made at once was tried again, and is no page's fault.
    let errors = || own.setup.log.errors.load(Ordering::Relaxed);
    let errors_before = errors();
    let pages = list::all(&seeded, &today.to_string());
    let keeper = Keeper::of(api.clone(), people.sessions());
    let runner = Arc::new(Runner::new(api, people, pages));
    progress("opening every page once");
    runner.check().await?;
    environment.server.settle().await?;
    progress(&format!("asking for {} pages", runner.pages.len()));
    let latest = runner.drive(arguments.rate(), arguments.length()).await;

    drop(keeper);
    let dead_letters = dead_letters(&database.pool, None).await?.len();
    tandem.stop().await?;
    Ok(Outcome {
        circumstances: Circumstances::of(&environment.server, today).await?,
        rate: arguments.rate(),
        own_limit_ms: arguments.own_limit_ms,
        destinations: seeding::DESTINATIONS,
        requests: seeding::REQUESTS,
        latest_start_ms: latest.as_secs_f64() * 1e3,
        pages: runner.rows(),
        dead_letters,
        log_errors: errors() - errors_before,
        log: own.setup.log.last_lines(),
    })
}
