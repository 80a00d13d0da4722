//! How many placement requests a machine carries from draft to confirmed, how long people wait meanwhile, and how far that is
//! from what the database alone could do.
//!
//! ```text
//! arrivals ─► journey ─► api ─► gateway of a real `tandem run` ─► database ◄─ pgbench, with the statements of a sampled journey
//!   at a fixed rate,                                                │
//!   whatever is still under way                                     └─ backlog of events and mails, work beside
//! ```
//!
//! - **Open loop**: a journey begins at its appointed time and is measured from then, so that a stall of Tandem (or of
//!   ourselves) shows as latency of everybody who would have come meanwhile ([`arrivals`]).
//! - **Raw limit**: the statements of a journey are read from PostgreSQL's own log, turned into a script, and repeated by
//!   pgbench on a copy of the database, right before and right after the profile, while Tandem is stopped ([`raw_limit`]).
//!   Beside it a limit that does not move with Tandem's statements ([`fixed_limit`]).
//! - **What was promised holds**: after every profile each journey is looked up again, its history is counted, reports must
//!   agree, and no mail may have come twice ([`verify`]).
//! - **Pages** are another question with a profile of its own: where the time of each goes ([`pages`]).
//! - Everything is private to the run, on loopback, bounded in time, and ends with this process.

mod api;
mod arguments;
mod arrivals;
mod backlog;
mod broker;
mod circumstances;
mod closed_loop;
mod comparison;
mod content;
mod cpu;
mod elsewhere;
mod environment;
mod fixed_limit;
mod journey;
mod limits;
mod lists;
mod mail_sink;
mod pages;
mod patience;
mod peer;
mod pgbench;
mod played;
mod profiles;
mod raw_limit;
mod report;
mod run;
mod server;
mod session;
mod side;
mod stats;
mod table;
mod tandem;
mod verify;
mod watchdog;
mod world;

use std::process::ExitCode;

use clap::Parser as _;

use arguments::{Arguments, Profile};

/// The command line.
#[must_use]
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(anyhow::Error::from)
        .and_then(|runtime| runtime.block_on(execute(&arguments)));
    match outcome {
        Ok((text, holds)) => {
            print(&text);
            if holds { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(error) => {
            complain(&error);
            ExitCode::FAILURE
        }
    }
}

/// What is to be printed, and whether what was promised holds.
async fn execute(arguments: &Arguments) -> anyhow::Result<(String, bool)> {
    arguments.check()?;
    if let Some(elsewhere) = &arguments.elsewhere {
        let outcome = elsewhere::run(arguments, elsewhere).await?;
        return Ok((serde_json::to_string_pretty(&outcome)?, outcome.holds()));
    }
    if arguments.profile == Profile::Pages {
        let outcome = pages::run(arguments).await?;
        return Ok((pages::table(&outcome), outcome.holds()));
    }
    if arguments.profile == Profile::Lists {
        let outcome = lists::run(arguments).await?;
        return Ok((lists::table(&outcome), outcome.holds()));
    }
    if arguments.profile == Profile::Peer {
        let outcome = Box::pin(peer::run(arguments)).await?;
        return Ok((peer::table(&outcome), outcome.holds()));
    }
    let report = run::run(arguments).await?;
    Ok((table::of(&report), report.holds()))
}

#[expect(clippy::print_stdout, reason = "the table is what the command is for")]
fn print(text: &str) {
    println!("{text}");
}

#[expect(clippy::print_stderr, reason = "whoever types a command reads why it failed")]
fn complain(error: &anyhow::Error) {
    eprintln!("error: {error:#}");
}

/// Tells whoever waits what is going on.
#[expect(clippy::print_stderr, reason = "a run takes minutes, and its terminal shows where it is")]
fn progress(text: &str) {
    eprintln!("{text}");
}
