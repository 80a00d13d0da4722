//! Processor time by process, from `/proc`: how much of a journey's cost is whose. Unlike times on the clock it hardly
//! depends on what else the machine does.

use std::{fs, ops::AddAssign};

use serde::Serialize;
use sqlx::PgPool;

use crate::broker::Broker;

/// Linux tells times in hundredths of a second on every architecture.
const TICKS_PER_SECOND: f64 = 100.0;

/// Seconds of processor time since each process began.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub(crate) struct Cpu {
    /// Tandem.
    pub(crate) tandem: f64,
    /// PostgreSQL with all its processes, if it runs on this machine.
    pub(crate) database: f64,
    /// RabbitMQ, where it is between Tandem's processes.
    pub(crate) broker: f64,
    /// Ourselves, who make the calls and take the mails.
    pub(crate) generator: f64,
}

impl Cpu {
    /// As of now.
    pub(crate) async fn now(tandem: u32, pool: &PgPool, broker: Option<&Broker>) -> Self {
        // Another superuser's server may keep its files from us, or be elsewhere: then nothing is known.
        let file: Option<String> =
            sqlx::query_scalar("SELECT pg_read_file('postmaster.pid')").fetch_one(pool).await.ok();
        let postmaster = file.and_then(|file| file.lines().next()?.trim().parse().ok());
        Self {
            tandem: family(tandem),
            database: postmaster.map_or(0.0, family),
            broker: broker.map_or(0.0, |broker| family(broker.pid)),
            generator: Stat::of(std::process::id()).map_or(0.0, |stat| stat.own),
        }
    }

    /// What was used between two moments.
    pub(crate) fn since(self, before: Self) -> Self {
        Self {
            tandem: self.tandem - before.tandem,
            database: self.database - before.database,
            broker: self.broker - before.broker,
            generator: self.generator - before.generator,
        }
    }

    /// Milliseconds for each of `count`.
    pub(crate) fn milliseconds_each(self, count: u64) -> Self {
        let each = |seconds: f64| if count == 0 { 0.0 } else { (seconds * 1e5 / count as f64).round() / 100.0 };
        let Self { tandem, database, broker, generator } = self;
        Self { tandem: each(tandem), database: each(database), broker: each(broker), generator: each(generator) }
    }
}

impl AddAssign for Cpu {
    fn add_assign(&mut self, other: Self) {
        self.tandem += other.tandem;
        self.database += other.database;
        self.broker += other.broker;
        self.generator += other.generator;
    }
}

/// Memory that a process and its children hold, in MiB; what they share is counted with each.
pub(crate) fn memory(pid: u32) -> f64 {
    let held = |pid: &u32| {
        let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
        line.trim().trim_end_matches(" kB").parse::<f64>().unwrap_or_default()
    };
    let kib: f64 = descent(pid).iter().map(held).sum();
    (kib / 102.4).round() / 10.0
}

/// What `/proc/<pid>/stat` tells.
struct Stat {
    parent: u32,
    own: f64,
    /// Of children that have ended.
    ended: f64,
}

impl Stat {
    fn of(pid: u32) -> Option<Self> {
        let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
        // The name, in parentheses, may hold anything.
        let fields: Vec<&str> = text.rsplit_once(')')?.1.split_whitespace().collect();
        let seconds = |index: usize| fields.get(index)?.parse::<f64>().ok().map(|ticks| ticks / TICKS_PER_SECOND);
        Some(Self {
            parent: fields.get(1)?.parse().ok()?,
            own: seconds(11)? + seconds(12)?,
            ended: seconds(13)? + seconds(14)?,
        })
    }
}

/// Of a process with its children and theirs, those that have ended too.
fn family(pid: u32) -> f64 {
    descent(pid).into_iter().filter_map(Stat::of).map(|stat| stat.own + stat.ended).sum()
}

/// A process, its children, and theirs.
fn descent(pid: u32) -> Vec<u32> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let processes = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    let parents: Vec<(u32, u32)> = processes.filter_map(|pid| Some((pid, Stat::of(pid)?.parent))).collect();
    let (mut found, mut next) = (vec![pid], 0);
    while let Some(&of) = found.get(next) {
        found.extend(parents.iter().filter(|(_, parent)| *parent == of).map(|(child, _)| child));
        next += 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use std::process::{Command, Stdio};

    use super::*;

    #[test]
    fn our_own_time_and_memory_are_known() {
        let before = Stat::of(std::process::id()).expect("we run");
        // Enough work for one tick at least.
        let mut sum = 0_u64;
        while Stat::of(std::process::id()).is_some_and(|now| now.own <= before.own) {
            sum = sum.wrapping_add(1);
        }
        assert!(sum > 0 && memory(std::process::id()) > 1.0);
    }

    #[test]
    fn children_of_children_belong_to_the_family() {
        let mut shell =
            Command::new("sh").args(["-c", "sh -c 'read -r word'; true"]).stdin(Stdio::piped()).spawn().unwrap();
        while descent(shell.id()).len() < 2 {
            std::thread::yield_now();
        }
        assert!(descent(std::process::id()).contains(&descent(shell.id())[1]));
        drop(shell.stdin.take());
        shell.wait().unwrap();
    }
}
