//! What is asked, one file each.

mod chaos;
mod load;
mod soak;

use std::sync::Arc;

use anyhow::Result;
use serde::Serialize;

pub(crate) use self::load::{at_rate, sustained};
use crate::{
    arguments::{Arguments, Profile},
    arrivals::{Arrivals, Diary, Stretch, drive},
    backlog::Backlog,
    broker::Broker,
    cpu::{self, Cpu},
    progress,
    server::{Database, Server},
    tandem::{Setup, Tandem},
    world::World,
};

/// Everything that a profile works with.
pub(crate) struct Scene<'a> {
    pub(crate) arguments: &'a Arguments,
    pub(crate) server: &'a Server,
    pub(crate) database: &'a Database,
    pub(crate) setup: &'a Setup,
    pub(crate) world: &'a Arc<World>,
    pub(crate) diary: &'a Arc<Diary>,
}

/// A stretch with what it left behind and what it cost.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Phase {
    #[serde(flatten)]
    pub(crate) stretch: Stretch,
    /// What waited when the last journey had arrived.
    pub(crate) backlog: Backlog,
    /// How long that took to be worked off.
    pub(crate) drained_s: f64,
    /// Processor milliseconds for each journey, the work beside included.
    pub(crate) cpu_ms: Cpu,
    /// Memory of Tandem at the end, in MiB.
    pub(crate) memory_mib: f64,
    /// Whether `load` takes the rate as sustained; everything else asks whether all journeys arrived.
    pub(crate) sustained: bool,
}

impl Scene<'_> {
    /// Runs the profile. Tandem may be another process afterwards.
    pub(crate) async fn play(&self, tandem: Tandem) -> Result<(Vec<Phase>, Tandem)> {
        match self.arguments.profile {
            Profile::Smoke => Ok((vec![self.phase(&tandem, self.arrivals()).await?], tandem)),
            Profile::Load | Profile::Peer => Ok((load::play(self, &tandem).await?, tandem)),
            Profile::Soak => Ok((soak::play(self, &tandem).await?, tandem)),
            Profile::Chaos => chaos::play(self, tandem).await,
            Profile::Lists | Profile::Pages => anyhow::bail!("reading is no journey"),
        }
    }

    /// The rate and length that were asked for.
    fn arrivals(&self) -> Arrivals {
        Arrivals { rate: self.arguments.rate(), length: self.arguments.length(), insist: false }
    }

    /// One stretch, and what comes after it.
    async fn phase(&self, tandem: &Tandem, arrivals: Arrivals) -> Result<Phase> {
        self.server.settle().await?;
        let before = Cpu::now(tandem.pid, &self.database.pool, self.broker()).await;
        let stretch = drive(self.world, self.diary, arrivals).await;
        self.close(tandem.pid, before, stretch).await
    }

    fn broker(&self) -> Option<&'_ Broker> {
        self.setup.broker.as_deref()
    }

    async fn close(&self, pid: u32, before: Cpu, stretch: Stretch) -> Result<Phase> {
        let backlog = Backlog::now(&self.database.pool, self.broker()).await?;
        let drained = Backlog::drained(&self.database.pool, self.broker()).await?;
        let used = Cpu::now(pid, &self.database.pool, self.broker()).await.since(before);
        progress(&format!(
            "  {:.1}/s asked, {:.1}/s arrived, p99 {:.0} ms, {} failed, {} waiting, drained in {:.1} s",
            stretch.rate,
            stretch.throughput,
            stretch.summary.journey.p99,
            stretch.summary.failed + stretch.given_up,
            backlog.total(),
            drained.as_secs_f64()
        ));
        Ok(Phase {
            sustained: stretch.summary.failed + stretch.given_up == 0,
            cpu_ms: used.milliseconds_each(stretch.summary.arrived),
            memory_mib: cpu::memory(pid),
            drained_s: drained.as_secs_f64(),
            backlog,
            stretch,
        })
    }
}
