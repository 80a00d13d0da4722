//! What the command line can say.

use std::{path::PathBuf, time::Duration};

use anyhow::{Result, ensure};
use clap::{Args, Parser, ValueEnum};
use serde::Serialize;

/// Drives the main job of Tandem (create, send, redirect, accept, ratify, confirm) at a fixed arrival rate through the
/// gateway of a real all-in-one, and pgbench with the same statements beside it.
#[derive(Clone, Debug, Parser)]
#[command(name = "loadtest", version)]
pub(crate) struct Arguments {
    /// What is asked.
    #[arg(value_enum, default_value_t = Profile::Load)]
    pub(crate) profile: Profile,
    /// Where the content of the requests comes from; the same seed makes the same requests.
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Journeys per second; `load` and `peer` begin with it. Default: 2 for smoke, 10 for load, peer and chaos, 20 for soak.
    /// For `pages`, pages and direct calls together; `lists` has none, since everybody asks again when answered.
    #[arg(long)]
    rate: Option<f64>,
    /// How long, 1 to 86400; of one step for `load`, of each line for `lists` and `peer`. Default: 10 for smoke, 15 for load and lists, 8 for peer,
    /// 600 for soak, 60 for chaos, 240 for pages.
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    seconds: Option<u64>,
    /// The longest journey at the 99th percentile that `load` takes as sustained.
    #[arg(long, default_value_t = 500)]
    pub(crate) p99_limit_ms: u64,
    /// The longest that a page may need itself, at the 99th percentile, in a release build.
    #[arg(long, default_value_t = 10)]
    pub(crate) own_limit_ms: u32,
    /// How often `chaos` kills Tandem, 1 to 20.
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u32).range(1..=20))]
    pub(crate) kills: u32,
    /// How long pgbench runs, for each number of clients and each script, before and again after the profile; 0 leaves it out.
    #[arg(long, default_value_t = 8)]
    pub(crate) raw_seconds: u64,
    /// Numbers of pgbench clients to try.
    #[arg(long, value_delimiter = ',', default_values_t = [4, 8, 16])]
    pub(crate) raw_clients: Vec<u32>,
    /// Requests in the table of the fixed raw limit.
    #[arg(long, default_value_t = 200_000, value_parser = clap::value_parser!(u32).range(1_000..=10_000_000))]
    pub(crate) fixed_rows: u32,
    /// Requests in the table of placement for `lists` and `peer`.
    #[arg(long, default_value_t = 200_000, value_parser = clap::value_parser!(u32).range(100..=20_000_000))]
    pub(crate) requests: u32,
    /// Connections that ask for lists, each again as soon as it is answered.
    #[arg(long, default_value_t = 16, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    pub(crate) connections: u32,
    /// Runs each service as a process of its own with a RabbitMQ between them, for smoke, load and soak.
    #[arg(long)]
    pub(crate) split: bool,
    /// Another `tandem` program, such as that of an earlier commit: `load` and `lists` measure it too in the same run, and print ratios.
    #[arg(long, value_name = "PROGRAM")]
    pub(crate) beside: Option<PathBuf>,
    /// Where the results go as JSON, besides the table on standard output.
    #[arg(long)]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) elsewhere: Option<Elsewhere>,
}

/// A Tandem that runs already. Rate and length are the profile's; what it prints is JSON.
#[derive(Args, Clone, Debug)]
pub(crate) struct Elsewhere {
    /// The address of its gateway, such as `http://127.0.0.1:8080`.
    #[arg(long, required = false, requires = "operator")]
    pub(crate) at: String,
    /// Its first operator and the temporary password: `LOGIN:PASSWORD`.
    #[arg(long, required = false, requires = "at", env = "TANDEM_LOADTEST_OPERATOR", hide_env_values = true)]
    pub(crate) operator: String,
}

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ValueEnum)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Profile {
    /// Does every journey arrive? Short and slow, says nothing about time.
    Smoke,
    /// Which rate is sustained? Steps upward until journeys take too long, arrivals fall behind or events pile up.
    Load,
    /// Does anything grow? Long and flat.
    Soak,
    /// Does every answer hold? Tandem is killed in the middle and started again.
    Chaos,
    /// How many pages of an inbox, and how many worklists, a second, among many requests?
    Lists,
    /// How far is what a team would build instead? The accept and the inbox of a Django REST service, asked as Tandem is.
    Peer,
    /// How long does each page take besides the gateway's time? Every main page, crowded, as each role asks for it.
    Pages,
}

impl Arguments {
    /// Whether what was said goes together.
    pub(crate) fn check(&self) -> Result<()> {
        let compares = matches!(self.profile, Profile::Load | Profile::Lists);
        ensure!(compares || self.beside.is_none(), "--beside is for load and lists");
        // Chaos kills the parent alone, and its children would stay.
        let splits = matches!(self.profile, Profile::Smoke | Profile::Load | Profile::Soak);
        ensure!(splits || !self.split, "--split is for smoke, load and soak");
        Ok(())
    }

    /// Journeys per second.
    pub(crate) fn rate(&self) -> f64 {
        let usual = match self.profile {
            Profile::Smoke => 2.0,
            Profile::Load | Profile::Peer | Profile::Chaos => 10.0,
            Profile::Soak | Profile::Lists | Profile::Pages => 20.0,
        };
        // Neither so slow that nobody comes nor faster than one machine can count.
        self.rate.unwrap_or(usual).clamp(0.1, 10_000.0)
    }

    /// How long the profile lasts, or one step of `load`.
    pub(crate) fn length(&self) -> Duration {
        let usual = match self.profile {
            Profile::Smoke => 10,
            Profile::Load | Profile::Lists => 15,
            Profile::Peer => 8,
            Profile::Soak => 600,
            Profile::Chaos => 60,
            Profile::Pages => 240,
        };
        Duration::from_secs(self.seconds.unwrap_or(usual))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn load_is_what_is_asked_when_nothing_is_said() {
        let arguments = Arguments::parse_from(["loadtest"]);
        assert_eq!(arguments.profile, Profile::Load);
        assert_eq!((arguments.rate(), arguments.length()), (10.0, Duration::from_secs(15)));
    }

    #[test]
    fn a_tandem_elsewhere_needs_an_address_and_an_operator() {
        let arguments =
            Arguments::parse_from(["loadtest", "soak", "--at", "http://gateway:8080", "--operator", "op:secret"]);
        assert_eq!(arguments.elsewhere.unwrap().operator, "op:secret");
        assert!(Arguments::try_parse_from(["loadtest", "--at", "http://gateway:8080"]).is_err());
        assert!(Arguments::parse_from(["loadtest"]).elsewhere.is_none());
    }

    #[test]
    fn what_a_profile_does_not_know_is_refused() {
        let check = |words: &[&str]| Arguments::parse_from(words).check().is_ok();
        assert!(
            check(&["loadtest", "load", "--split", "--beside", "tandem"])
                && check(&["loadtest", "lists", "--beside", "t"])
        );
        assert!(!check(&["loadtest", "chaos", "--split"]) && !check(&["loadtest", "soak", "--beside", "tandem"]));
    }

    #[test]
    fn a_run_without_end_is_refused() {
        assert!(Arguments::try_parse_from(["loadtest", "soak", "--seconds", "100000"]).is_err());
        assert!(Arguments::try_parse_from(["loadtest", "soak", "--seconds", "0"]).is_err());
    }
}
