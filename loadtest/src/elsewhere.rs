//! Journeys against a Tandem that runs already, such as a cluster in which pods are being replaced: is every call answered well?

use std::{pin::pin, sync::Arc, time::Duration};

use anyhow::{Context as _, Result};
use jiff::tz::TimeZone;
use kernel::{Clock as _, SystemClock};
use serde::Serialize;
use tokio::time::Instant;

use crate::{
    api::Api,
    arguments::{Arguments, Elsewhere},
    arrivals::{Arrivals, Diary, Stretch, drive},
    progress,
    session::Keeper,
    side::wait_until_known,
    tandem::FirstOperator,
    world::World,
};

/// Journeys begin during one, and the next begins when they have arrived.
const WINDOW: Duration = Duration::from_secs(5);

/// What came of it.
#[derive(Default, Serialize)]
pub(crate) struct Outcome {
    pub(crate) arrived: u64,
    pub(crate) failed: u64,
    /// As in [`Stretch::given_up`].
    pub(crate) given_up: u64,
    windows: Vec<Stretch>,
}

/// Makes a world of its own there, then sends journeys off for as long as was asked, or until it is interrupted. Nobody
/// insists: a call that is not answered well is a failure.
pub(crate) async fn run(arguments: &Arguments, elsewhere: &Elsewhere) -> Result<Outcome> {
    let (login, password) = elsewhere.operator.split_once(':').context("--operator: LOGIN:PASSWORD")?;
    let operator = FirstOperator { login: login.to_owned(), temporary_password: password.to_owned() };
    let api = Api::at(elsewhere.at.clone());
    progress("making a world");
    let today = SystemClock.today(&TimeZone::UTC);
    let world = Arc::new(World::build(&api, &operator, arguments.seed, today).await?);
    let diary = Arc::new(Diary::default());
    wait_until_known(&world, &diary).await?;
    let _keeper = Keeper::of(api, world.sessions());
    progress("journeys begin");
    let arrivals = Arrivals { rate: arguments.rate(), length: WINDOW.min(arguments.length()), insist: false };
    let (end, mut interrupted) = (Instant::now() + arguments.length(), pin!(tokio::signal::ctrl_c()));
    let mut outcome = Outcome::default();
    loop {
        let mut window = pin!(drive(&world, &diary, arrivals));
        let (stretch, is_last) = tokio::select! {
            stretch = &mut window => (stretch, Instant::now() >= end),
            _ = &mut interrupted => (window.await, true),
        };
        outcome.add(stretch);
        if is_last {
            return Ok(outcome);
        }
    }
}

impl Outcome {
    /// Whether every journey arrived.
    pub(crate) const fn holds(&self) -> bool {
        self.failed + self.given_up == 0
    }

    fn add(&mut self, stretch: Stretch) {
        self.arrived += stretch.summary.arrived;
        self.failed += stretch.summary.failed;
        self.given_up += stretch.given_up;
        self.windows.push(stretch);
    }
}
