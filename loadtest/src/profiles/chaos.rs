//! Tandem is killed in the middle, as by a power cut, and started again; the clients insist, as people do.

use std::{sync::Arc, time::Duration};

use anyhow::Result;
use tokio::time::sleep;

use super::{Phase, Scene};
use crate::{
    arrivals::{Arrivals, drive},
    cpu::Cpu,
    progress,
    tandem::Tandem,
};

/// How long Tandem stays away after a kill: long enough that everybody notices.
const AWAY: Duration = Duration::from_millis(500);

pub(super) async fn play(scene: &Scene<'_>, mut tandem: Tandem) -> Result<(Vec<Phase>, Tandem)> {
    let arrivals = Arrivals { insist: true, ..scene.arrivals() };
    let between = arrivals.length / (scene.arguments.kills + 1);
    let (world, diary) = (Arc::clone(scene.world), Arc::clone(scene.diary));
    let journeys = tokio::spawn(async move { drive(&world, &diary, arrivals).await });
    let mut before = Cpu::now(tandem.pid, &scene.database.pool, None).await;
    for kill in 1..=scene.arguments.kills {
        sleep(between).await;
        tandem.kill().await?;
        sleep(AWAY).await;
        tandem = scene.setup.start().await?;
        progress(&format!("  killed and started again, {kill} of {}", scene.arguments.kills));
        // The time of those who were killed is gone with them: what is told is that of the last.
        before = Cpu { tandem: 0.0, ..before };
    }
    let stretch = journeys.await?;
    let phase = scene.close(tandem.pid, before, stretch).await?;
    Ok((vec![phase], tandem))
}
