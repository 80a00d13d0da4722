//! Steps upward until a rate is not sustained, then halves the distance a few times.

use anyhow::Result;

use super::{Phase, Scene};
use crate::{arrivals::Arrivals, tandem::Tandem};

/// From one rate to the next.
const FACTOR: f64 = 1.5;
/// Steps at most, on the way up; the last would be 657 times the first.
const MOST_STEPS: usize = 17;
/// Rates tried between the last that was sustained and the first that was not.
const HALVINGS: usize = 3;
/// Arrivals fall behind where fewer than these arrive in time.
const LEAST_SHARE: f64 = 0.95;
/// Events and mails pile up where they take longer than this to be worked off afterwards, in seconds.
const LONGEST_DRAIN_S: f64 = 5.0;

pub(super) async fn play(scene: &Scene<'_>, tandem: &Tandem) -> Result<Vec<Phase>> {
    let mut phases = Vec::new();
    let (mut sustained, mut refused) = (0.0, None);
    let mut rate = scene.arguments.rate();
    for _ in 0..MOST_STEPS {
        if try_rate(scene, tandem, rate, &mut phases).await? {
            sustained = rate;
            rate *= FACTOR;
        } else {
            refused = Some(rate);
            break;
        }
    }
    let Some(mut refused) = refused else { return Ok(phases) };
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(sustained, refused);
        if try_rate(scene, tandem, middle, &mut phases).await? {
            sustained = middle;
        } else {
            refused = middle;
        }
    }
    Ok(phases)
}

/// Tries a rate, and once more if it was not sustained: something else on the machine may have been the cause.
async fn try_rate(scene: &Scene<'_>, tandem: &Tandem, rate: f64, phases: &mut Vec<Phase>) -> Result<bool> {
    for _ in 0..2 {
        let phase = at_rate(scene, tandem, rate).await?;
        let sustained = phase.sustained;
        phases.push(phase);
        if sustained {
            return Ok(true);
        }
    }
    Ok(false)
}

/// One step, and whether its rate is sustained.
pub(crate) async fn at_rate(scene: &Scene<'_>, tandem: &Tandem, rate: f64) -> Result<Phase> {
    let limit = f64::from(u32::try_from(scene.arguments.p99_limit_ms).unwrap_or(u32::MAX));
    let arrivals = Arrivals { rate, length: scene.arguments.length(), insist: false };
    let mut phase = scene.phase(tandem, arrivals).await?;
    phase.sustained &= phase.stretch.summary.journey.p99 <= limit
        && phase.stretch.throughput >= rate * LEAST_SHARE
        && phase.drained_s <= LONGEST_DRAIN_S;
    Ok(phase)
}

/// The highest rate that was sustained.
pub(crate) fn sustained(phases: &[Phase]) -> Option<&Phase> {
    phases.iter().filter(|phase| phase.sustained).max_by(|a, b| a.stretch.rate.total_cmp(&b.stretch.rate))
}
