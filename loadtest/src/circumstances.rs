//! Where and when something was measured, without which no figure says anything.

use std::fmt;

use anyhow::Result;
use jiff::civil::Date;
use serde::Serialize;

use crate::server::{Care, Server};

/// Of every profile's results.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Circumstances {
    pub(crate) date: String,
    /// `release` or `debug`.
    pub(crate) build: &'static str,
    pub(crate) cores: usize,
    pub(crate) server: Care,
}

impl Circumstances {
    pub(crate) async fn of(server: &Server, today: Date) -> Result<Self> {
        Ok(Self {
            date: today.to_string(),
            build: if cfg!(debug_assertions) { "debug" } else { "release" },
            cores: std::thread::available_parallelism().map_or(1, usize::from),
            server: server.care().await?,
        })
    }

    /// Whether times mean anything.
    pub(crate) fn is_release(&self) -> bool {
        self.build == "release"
    }
}

impl fmt::Display for Circumstances {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { date, build, cores, server } = self;
        let Care { version, fsync, synchronous_commit } = server;
        write!(f, "{date}: {build} build on {cores} cores, PostgreSQL {version} ")?;
        write!(f, "(fsync {fsync}, synchronous_commit {synchronous_commit})")
    }
}
