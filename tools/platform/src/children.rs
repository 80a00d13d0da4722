//! The processes that a process has started, as Linux tells.

use std::{fs, path::Path, process::Command};

/// A child process.
pub(super) struct Child {
    pub(super) pid: u32,
    pub(super) name: String,
}

/// The children of a process.
pub(super) fn of(parent: u32) -> Vec<Child> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let pids = entries.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    pids.filter(|&pid| parent_of(pid) == Some(parent))
        .filter_map(|pid| Some(Child { pid, name: name_of(pid)? }))
        .collect()
}

/// Sends a signal; one that is gone already needs none.
pub(super) fn signal(name: &str, pid: u32) {
    let _ = Command::new("kill").args([&format!("-{name}"), &pid.to_string()]).status();
}

/// Whether a process has ended.
pub(super) fn is_gone(pid: u32) -> bool {
    name_of(pid).is_none_or(|name| name.is_empty())
}

fn parent_of(pid: u32) -> Option<u32> {
    let status = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name in parentheses may hold anything; what follows it is state and parent.
    let (_, rest) = status.rsplit_once(')')?;
    rest.split_whitespace().nth(1)?.parse().ok()
}

fn name_of(pid: u32) -> Option<String> {
    let line = fs::read_to_string(format!("/proc/{pid}/cmdline")).ok()?;
    let program = line.split('\0').next()?;
    Some(Path::new(program).file_name()?.to_str()?.to_owned())
}
