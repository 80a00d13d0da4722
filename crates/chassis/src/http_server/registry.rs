//! How many connections there may be: of one caller, and in all. Where there can be no other, one that waits for a request
//! makes way; where all are busy, the new one is turned away.

use std::{
    collections::HashMap,
    fs,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use ipnet::IpNet;
use tokio::time::Instant;

use super::{Times, connection::Connection};
use crate::{config, forwarded::one_caller};

/// For how long a process that had to turn somebody away counts as full.
const FULL_FOR: Duration = Duration::from_secs(5);

/// The connections of one listener.
#[derive(Debug)]
pub(crate) struct Registry {
    most: usize,
    most_of_one: usize,
    open: Mutex<Open>,
}

#[derive(Debug, Default)]
struct Open {
    connections: HashMap<u64, Entry>,
    of_one: HashMap<IpNet, usize>,
    next: u64,
    full_since: Option<Instant>,
}

#[derive(Debug)]
struct Entry {
    caller: IpNet,
    connection: Arc<Connection>,
}

impl Registry {
    pub(crate) fn new(settings: &config::Server) -> Arc<Self> {
        // Each connection is a file, and the process needs some for other things.
        let files = files().map_or(usize::MAX, |files| (files / 2).max(1));
        Arc::new(Self {
            most: settings.connections.min(files),
            most_of_one: settings.connections_per_address,
            open: Mutex::default(),
        })
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether everybody has been let in lately.
    pub(crate) fn lets_in(&self) -> bool {
        self.open().full_since.is_none_or(|since| since.elapsed() > FULL_FOR)
    }

    /// Lets a connection in, if there may be another, or one can make way.
    pub(super) fn admit(self: &Arc<Self>, peer: IpAddr, times: Times) -> Option<Admitted> {
        let caller = one_caller(peer);
        let mut open = self.open();
        let of_one = open.of_one.get(&caller).copied().unwrap_or(0);
        if of_one >= self.most_of_one && !open.evict(Some(caller)) {
            refused("address");
            return None;
        }
        if open.connections.len() >= self.most && !open.evict(None) {
            open.full_since = Some(Instant::now());
            refused("all");
            return None;
        }
        let (id, connection) = (open.next, Arc::new(Connection::new(times)));
        open.next += 1;
        open.connections.insert(id, Entry { caller, connection: Arc::clone(&connection) });
        *open.of_one.entry(caller).or_default() += 1;
        open.tell();
        drop(open);
        Some(Admitted { id, connection, registry: Arc::clone(self) })
    }

    /// Has one that waits end, since the system has no more files.
    pub(super) fn evict_one(&self) {
        let mut open = self.open();
        open.full_since = Some(Instant::now());
        open.evict(None);
    }
}

#[cfg(test)]
impl Registry {
    pub(super) fn open_now(&self) -> usize {
        self.open().connections.len()
    }

    pub(super) fn busy_now(&self) -> usize {
        self.open().connections.values().filter(|entry| entry.connection.is_busy()).count()
    }
}

impl Open {
    /// Ends the connection that has waited longest: of a caller, or of whoever has the most that wait.
    fn evict(&mut self, caller: Option<IpNet>) -> bool {
        let caller = caller.or_else(|| self.with_most_waiting());
        let waiting = self.connections.iter().filter(|(_, entry)| Some(entry.caller) == caller);
        let longest = waiting.filter_map(|(id, entry)| Some((entry.connection.waits_since()?, *id))).min();
        let Some(entry) = longest.and_then(|(_, id)| self.remove(id)) else { return false };
        entry.connection.evict();
        true
    }

    fn with_most_waiting(&self) -> Option<IpNet> {
        let mut waiting: HashMap<IpNet, usize> = HashMap::new();
        for entry in self.connections.values().filter(|entry| !entry.connection.is_busy()) {
            *waiting.entry(entry.caller).or_default() += 1;
        }
        waiting.into_iter().max_by_key(|(_, number)| *number).map(|(caller, _)| caller)
    }

    fn remove(&mut self, id: u64) -> Option<Entry> {
        let entry = self.connections.remove(&id)?;
        if let Some(number) = self.of_one.get_mut(&entry.caller) {
            *number -= 1;
            if *number == 0 {
                self.of_one.remove(&entry.caller);
            }
        }
        self.tell();
        Some(entry)
    }

    #[expect(clippy::cast_precision_loss, reason = "there are not that many")]
    fn tell(&self) {
        metrics::gauge!("tandem_http_connections").set(self.connections.len() as f64);
    }
}

fn refused(cause: &'static str) {
    metrics::counter!("tandem_http_connections_refused_total", "cause" => cause).increment(1);
}

/// A connection that counts until it ends or has to make way.
#[derive(Debug)]
pub(super) struct Admitted {
    id: u64,
    connection: Arc<Connection>,
    registry: Arc<Registry>,
}

impl Admitted {
    pub(super) const fn connection(&self) -> &Arc<Connection> {
        &self.connection
    }
}

impl Drop for Admitted {
    fn drop(&mut self) {
        // One that had to make way has gone already.
        let _ = self.registry.open().remove(self.id);
    }
}

/// How many files this process may have open.
fn files() -> Option<usize> {
    let limits = fs::read_to_string("/proc/self/limits").ok()?;
    limits.lines().find_map(|line| line.strip_prefix("Max open files")?.split_whitespace().next()?.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TIMES: Times =
        Times { head: Duration::from_secs(1), body: Duration::from_secs(1), idle: Duration::from_secs(1) };

    fn registry(most: usize, most_of_one: usize) -> Arc<Registry> {
        Registry::new(&config::Server {
            connections: most,
            connections_per_address: most_of_one,
            ..config::Server::default()
        })
    }

    fn address(last: u8) -> IpAddr {
        IpAddr::from([203, 0, 113, last])
    }

    fn is_evicted(admitted: &Admitted) -> bool {
        futures::FutureExt::now_or_never(admitted.connection.evicted()).is_some()
    }

    #[tokio::test(start_paused = true)]
    async fn of_one_caller_the_connection_that_waits_longest_makes_way() {
        let registry = registry(10, 2);
        let busy = registry.admit(address(1), TIMES).unwrap();
        let _in_flight = Connection::begin(&busy.connection);
        let waits = registry.admit(address(1), TIMES).unwrap();
        let _other = registry.admit(address(2), TIMES).unwrap();
        tokio::time::advance(Duration::from_millis(10)).await;
        let next = registry.admit(address(1), TIMES).unwrap();
        assert_eq!([is_evicted(&busy), is_evicted(&waits), is_evicted(&next)], [false, true, false]);
        let _in_flight_too = Connection::begin(&next.connection);
        assert!(registry.admit(address(1), TIMES).is_none(), "all are busy");
        assert!(registry.lets_in(), "others are let in");
    }

    #[tokio::test(start_paused = true)]
    async fn in_all_whoever_has_most_that_wait_makes_way() {
        let registry = registry(4, 10);
        let honest = registry.admit(address(1), TIMES).unwrap();
        let greedy: Vec<_> = (0..3).map(|_| registry.admit(address(2), TIMES).unwrap()).collect();
        let next = registry.admit(address(3), TIMES).unwrap();
        assert!(!is_evicted(&honest) && !is_evicted(&next));
        assert_eq!(greedy.iter().filter(|admitted| is_evicted(admitted)).count(), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn a_process_that_turns_people_away_says_so_and_recovers() {
        let registry = registry(1, 10);
        let only = registry.admit(address(1), TIMES).unwrap();
        let in_flight = Connection::begin(&only.connection);
        assert!(registry.admit(address(2), TIMES).is_none() && !registry.lets_in());
        drop(in_flight);
        drop(only);
        assert!(registry.admit(address(2), TIMES).is_some());
        tokio::time::advance(FULL_FOR + Duration::from_millis(1)).await;
        assert!(registry.lets_in());
    }

    #[test]
    fn a_network_of_ipv6_is_one_caller_and_what_ends_is_forgotten() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let _guard = runtime.enter();
        let registry = registry(10, 10);
        let all: Vec<_> =
            (1..=3).map(|n| registry.admit(format!("2001:db8:1:2::{n}").parse().unwrap(), TIMES).unwrap()).collect();
        assert_eq!(registry.open().of_one.values().copied().collect::<Vec<_>>(), [3]);
        drop(all);
        assert!(registry.open().of_one.is_empty() && registry.open().connections.is_empty());
    }
}
