//! Arrivals at a fixed rate, whatever is still under way (an open loop): a stall makes everybody late who would have come
//! meanwhile, as it does in life, instead of nobody, as it does where each waits for the one before.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use serde::Serialize;
use tokio::{
    task::JoinSet,
    time::{Instant, sleep_until, timeout_at},
};

use crate::{
    journey::{Ticket, Travelled, travel},
    stats::{Stats, Summary},
    world::World,
};

/// More at a time than any machine carries: who comes then is turned away and counted.
const MOST_UNDER_WAY: usize = 4096;
/// How long those who are under way may still take after the last arrival.
const PATIENCE: Duration = Duration::from_secs(120);

/// A stretch of time at one rate.
#[derive(Clone, Copy)]
pub(crate) struct Arrivals {
    /// Journeys per second.
    pub(crate) rate: f64,
    pub(crate) length: Duration,
    /// Whether calls whose outcome is unknown are made again.
    pub(crate) insist: bool,
}

/// Numbers journeys over the whole run, and keeps what became of them.
#[derive(Default)]
pub(crate) struct Diary {
    next: AtomicU64,
    all: Mutex<Vec<Travelled>>,
}

/// What came of a stretch.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Stretch {
    /// Journeys per second that were to begin.
    pub(crate) rate: f64,
    /// Journeys per second that arrived, up to the last arrival.
    pub(crate) throughput: f64,
    /// Journeys that did not begin because too many were under way, or did not end in time.
    pub(crate) given_up: u64,
    /// By how much a journey began later than appointed, at most: our own share of its latency.
    pub(crate) latest_start_ms: f64,
    #[serde(flatten)]
    pub(crate) summary: Summary,
}

impl Diary {
    /// A number that no other journey of the run has.
    pub(crate) fn number(&self) -> u64 {
        self.next.fetch_add(1, Ordering::Relaxed)
    }

    /// Keeps what became of a journey.
    pub(crate) fn keep(&self, travelled: Travelled) {
        self.all.lock().unwrap_or_else(PoisonError::into_inner).push(travelled);
    }

    /// All journeys so far.
    pub(crate) fn all(&self) -> Vec<Travelled> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Sends journeys off at a rate, and waits for them.
pub(crate) async fn drive(world: &Arc<World>, diary: &Arc<Diary>, arrivals: Arrivals) -> Stretch {
    let stats = Arc::new(Mutex::new((Stats::default(), Duration::ZERO)));
    let mut under_way = JoinSet::new();
    let interval = Duration::from_secs_f64(1.0 / arrivals.rate);
    let start = Instant::now();
    let (mut offset, mut given_up, mut latest) = (Duration::ZERO, 0, Duration::ZERO);
    while offset < arrivals.length {
        let intended = start + offset;
        sleep_until(intended).await;
        latest = latest.max(intended.elapsed());
        offset += interval;
        while under_way.try_join_next().is_some() {}
        if under_way.len() >= MOST_UNDER_WAY {
            given_up += 1;
            continue;
        }
        let number = diary.number();
        let ticket = Ticket { number, content: number, intended, insist: arrivals.insist };
        let (world, diary, stats) = (Arc::clone(world), Arc::clone(diary), Arc::clone(&stats));
        under_way.spawn(async move {
            let travelled = travel(&world, ticket).await;
            let mut stats = stats.lock().unwrap_or_else(PoisonError::into_inner);
            stats.0.add(&travelled);
            stats.1 = start.elapsed();
            drop(stats);
            diary.keep(travelled);
        });
    }
    let end = Instant::now() + PATIENCE;
    while let Ok(Some(_)) = timeout_at(end, under_way.join_next()).await {}
    given_up += u64::try_from(under_way.len()).unwrap_or(u64::MAX);
    under_way.shutdown().await;

    let stats = stats.lock().unwrap_or_else(PoisonError::into_inner);
    let summary = stats.0.summary();
    let time = stats.1.max(arrivals.length).as_secs_f64();
    Stretch {
        rate: arrivals.rate,
        throughput: summary.arrived as f64 / time,
        given_up,
        latest_start_ms: latest.as_secs_f64() * 1000.0,
        summary,
    }
}
