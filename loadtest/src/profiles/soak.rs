//! One rate for long, in windows, so that what grows is seen to grow: latencies, memory, what waits.

use std::time::Duration;

use anyhow::Result;

use super::{Phase, Scene};
use crate::{arrivals::Arrivals, tandem::Tandem};

/// How many windows the time is divided into.
const WINDOWS: u32 = 20;
/// The shortest window that percentiles are worth looking at.
const SHORTEST: Duration = Duration::from_secs(10);

pub(super) async fn play(scene: &Scene<'_>, tandem: &Tandem) -> Result<Vec<Phase>> {
    let whole = scene.arrivals();
    let window = (whole.length / WINDOWS).max(SHORTEST).min(whole.length);
    let mut phases = Vec::new();
    let mut rest = whole.length;
    while !rest.is_zero() {
        let length = window.min(rest);
        phases.push(scene.phase(tandem, Arrivals { length, ..whole }).await?);
        rest -= length;
    }
    Ok(phases)
}
