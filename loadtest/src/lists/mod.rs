//! A coordinator's inbox and worklist among many requests: how many a second, and how long each takes, by default with as
//! many connections as pgbench has for its page of one index. The requests are copied in the table from a few that were made through the API.

mod fill;
mod line;
mod province;
mod table;
mod templates;

use anyhow::Result;
use serde::Serialize;

use self::line::{INBOX, Ratios};
pub(crate) use self::{fill::Filled, line::Line, province::Province, table::of as table};
use crate::{
    arguments::Arguments, circumstances::Circumstances, environment::Environment, fixed_limit::Fixed, limits, progress,
    run,
};

/// How often each of two programs is measured.
const TURNS: u32 = 2;

/// What came of it.
#[derive(Serialize)]
pub(crate) struct Outcome {
    #[serde(flatten)]
    pub(crate) circumstances: Circumstances,
    pub(crate) connections: u32,
    pub(crate) tandem: Found,
    /// Another program, measured by turns with ours.
    pub(crate) other: Option<Found>,
    /// Ours to the other's, line by line.
    pub(crate) ratios: Vec<Ratios>,
    pub(crate) fixed_limit: Option<Fixed>,
    /// Why there is no fixed limit.
    pub(crate) fixed_limit_skipped: Option<String>,
    /// Tandem's page of an inbox, as a share of the fixed limit's.
    pub(crate) inbox_ratio: Option<f64>,
}

/// What was found of one program.
#[derive(Serialize)]
pub(crate) struct Found {
    pub(crate) program: String,
    pub(crate) filled: Filled,
    pub(crate) lines: Vec<Line>,
    /// Memory of Tandem at the end, in MiB.
    pub(crate) memory_mib: f64,
    pub(crate) log_errors: u64,
    /// The last lines of Tandem's log.
    #[serde(skip)]
    pub(crate) log: String,
}

impl Outcome {
    /// Whether every question was answered.
    pub(crate) fn holds(&self) -> bool {
        self.tandem.holds() && self.other.as_ref().is_none_or(Found::holds)
    }
}

impl Found {
    /// Whether every question was answered.
    pub(crate) fn holds(&self) -> bool {
        self.log_errors == 0 && self.lines.iter().all(Line::is_answered)
    }

    /// Pages of the inbox a second.
    fn inbox(&self) -> Option<f64> {
        self.lines.iter().find(|line| line.name == INBOX).map(|line| line.per_second)
    }
}

/// Runs, unless we are told to stop first; either way everything that was started ends.
pub(crate) async fn run(arguments: &Arguments) -> Result<Outcome> {
    progress("starting PostgreSQL and Tandem");
    let environment = Environment::open(arguments.beside.as_deref()).await?;
    let outcome = environment.unless_stopped(measure(arguments, &environment)).await;
    environment.clear().await?;
    let outcome = outcome?;
    run::write(arguments, &outcome)?;
    Ok(outcome)
}

async fn measure(arguments: &Arguments, environment: &Environment) -> Result<Outcome> {
    let server = &environment.server;
    let mut own = Province::found(arguments, server, &environment.own).await?;
    let mut other = match &environment.beside {
        Some(installation) => Some(Province::found(arguments, server, installation).await?),
        None => None,
    };
    let mut fixed = limits::fixed(arguments, server, &environment.fixed_name()).await;
    limits::measure(&mut fixed, server).await?;
    // By turns, so that what else the machine does falls upon both.
    let turns = if other.is_some() { TURNS } else { 1 };
    for _ in 0..turns {
        let how = (arguments.connections, arguments.length() / turns);
        if let Some(other) = &mut other {
            other.ask(server, how).await?;
        }
        own.ask(server, how).await?;
    }
    limits::measure(&mut fixed, server).await?;
    let fixed = limits::finish(fixed, server).await?;

    let circumstances = Circumstances::of(server, own.world.today).await?;
    let (tandem, other) = (own.conclude(), other.map(Province::conclude));
    let theirs = other.iter().flat_map(|other| &other.lines);
    let ratios = tandem.lines.iter().zip(theirs).map(|(own, other)| Ratios::of(own, other)).collect();
    let limit = fixed.as_ref().ok().map(|fixed| fixed.inbox.per_second);
    Ok(Outcome {
        circumstances,
        connections: arguments.connections,
        inbox_ratio: tandem.inbox().zip(limit).map(|(own, limit)| own / limit),
        tandem,
        other,
        ratios,
        fixed_limit_skipped: fixed.as_ref().err().cloned(),
        fixed_limit: fixed.ok(),
    })
}
