//! One program in a province of its own: founded once, started and stopped as often as it is measured.

use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use anyhow::{Context as _, Result};
use jiff::tz::TimeZone;
use kernel::{Clock as _, SystemClock};
use tokio::time::Instant;

use crate::{
    api::Api,
    arguments::Arguments,
    arrivals::{Arrivals, Diary, drive},
    backlog::{Backlog, dead_letters},
    environment::Installation,
    journey::{Step, Ticket, travel_to},
    patience::wait_for,
    played::Played,
    profiles::{Phase, Scene, at_rate},
    progress,
    raw_limit::Sample,
    server::{Database, Server},
    session::Keeper,
    tandem::Tandem,
    verify::Verdict,
    world::{LANES, World},
};

/// Before anything counts: connections are opened, statements prepared, caches filled.
const WARM_UP: Arrivals = Arrivals { rate: 5.0, length: Duration::from_secs(4), insist: false };
/// How long news of the new province may take to reach all services.
const PATIENCE: Duration = Duration::from_secs(60);

/// A program with its province. Tandem runs only while it is measured.
pub(crate) struct Side<'a> {
    arguments: &'a Arguments,
    server: &'a Server,
    installation: &'a Installation,
    pub(crate) world: Arc<World>,
    diary: Arc<Diary>,
}

/// Tandem at work, warm.
pub(crate) struct Running<'a> {
    side: &'a Side<'a>,
    tandem: Tandem,
    database: Database,
    _keeper: Keeper,
}

impl<'a> Side<'a> {
    /// Makes the province, with a Tandem whose statements are logged if journeys are to be sampled, and stops it.
    pub(crate) async fn found(
        arguments: &'a Arguments,
        server: &'a Server,
        installation: &'a Installation,
        samples: bool,
    ) -> Result<(Self, Option<Result<Sample>>)> {
        let (database, setup) = (installation.database(server)?, &installation.setup);
        let diary = Arc::new(Diary::default());
        server.log_statements(&database, samples).await?;
        let tandem = setup.start().await?;
        let operator =
            tandem.first_operator.as_ref().context("the first start of a province names its first operator")?;
        let api = Api::new(setup.port);
        let today = SystemClock.today(&TimeZone::UTC);
        let world = Arc::new(World::build(&api, operator, arguments.seed, today).await?);
        wait_until_known(&world, &diary).await?;
        let sample = if samples {
            progress("sampling journeys");
            drive(&world, &diary, WARM_UP).await;
            Some(Sample::take(&world, &diary, &database.pool, setup.broker.as_deref()).await)
        } else {
            None
        };
        tandem.stop().await?;
        server.log_statements(&database, false).await?;
        database.pool.close().await;
        Ok((Self { arguments, server, installation, world, diary }, sample))
    }

    /// All journeys so far.
    pub(crate) fn diary(&self) -> &Diary {
        &self.diary
    }

    /// Starts Tandem, with everybody signed in.
    pub(crate) async fn start(&'a self) -> Result<Running<'a>> {
        let database = self.installation.database(self.server)?;
        let tandem = self.installation.setup.start().await?;
        for session in self.world.sessions() {
            session.renew(&self.world.api).await?;
        }
        let keeper = Keeper::of(self.world.api.clone(), self.world.sessions());
        drive(&self.world, &self.diary, WARM_UP).await;
        Backlog::drained(&database.pool, self.installation.setup.broker.as_deref()).await?;
        progress(&format!("{:?}, {}", self.arguments.profile, self.installation.setup.program.display()));
        Ok(Running { side: self, tandem, database, _keeper: keeper })
    }
}

impl Running<'_> {
    /// Plays the profile.
    pub(crate) async fn play(self) -> Result<(Vec<Phase>, Self)> {
        let Self { side, tandem, database, _keeper } = self;
        let (phases, tandem) = scene(side, &database).play(tandem).await?;
        Ok((phases, Self { side, tandem, database, _keeper }))
    }

    /// One step of `load` at a rate.
    pub(crate) async fn play_at(&self, rate: f64) -> Result<Phase> {
        at_rate(&scene(self.side, &self.database), &self.tandem, rate).await
    }

    /// Looks everything up that was done in this province so far, and stops Tandem.
    pub(crate) async fn conclude(self, phases: Vec<Phase>) -> Result<Played> {
        let (world, installation) = (&self.side.world, self.side.installation);
        progress("looking everything up again");
        let mut verdict = Verdict::reach(world, self.side.diary.all(), &installation.sink).await?;
        verdict.dead_letters = dead_letters(&self.database.pool, installation.setup.broker.as_deref()).await?;
        self.stop().await?;
        let log = &installation.setup.log;
        Ok(Played {
            phases,
            verdict,
            log_errors: log.errors.load(Ordering::Relaxed),
            log_warnings: log.warnings.load(Ordering::Relaxed),
            sustained: None,
            log: log.last_lines(),
        })
    }

    /// Stops Tandem; the province stays.
    pub(crate) async fn stop(self) -> Result<()> {
        self.database.pool.close().await;
        self.tandem.stop().await
    }
}

fn scene<'a>(side: &'a Side<'_>, database: &'a Database) -> Scene<'a> {
    let (world, diary) = (&side.world, &side.diary);
    Scene { arguments: side.arguments, server: side.server, database, setup: &side.installation.setup, world, diary }
}

/// Services hear of each other's news a little later: tries each lane until a request reaches its agent's inbox.
pub(crate) async fn wait_until_known(world: &Arc<World>, diary: &Diary) -> Result<()> {
    for lane in 0..LANES {
        let known = wait_for("the province to be known everywhere", PATIENCE, async || {
            let number = diary.number();
            let ticket = Ticket { number, content: number, intended: Instant::now(), insist: true };
            let travelled = travel_to(world, ticket, Step::Redirect).await;
            let failure = travelled.failure.clone();
            diary.keep(travelled);
            Ok(failure.is_none().then_some(()))
        });
        known.await.with_context(|| format!("lane {lane}"))?;
    }
    Ok(())
}
