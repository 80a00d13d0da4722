//! What the database alone could do, measured right before and right after a profile: with the statements that Tandem has, and with
//! those that stay.

use std::time::Duration;

use anyhow::Result;

use crate::{
    arguments::Arguments,
    fixed_limit::{Fixed, FixedLimit},
    progress,
    raw_limit::{Limit, RawLimit, Sample},
    server::{Database, Server},
};

/// Both limits; each may be left out for a cause of its own.
pub(crate) struct Limits {
    sampled: Result<RawLimit, String>,
    fixed: Result<FixedLimit, String>,
}

/// What came of them.
pub(crate) struct Found {
    pub(crate) sampled: Result<Limit, String>,
    pub(crate) fixed: Result<Fixed, String>,
}

impl Limits {
    /// Prepares what can be prepared. Nobody may use the database meanwhile.
    pub(crate) async fn prepare(
        arguments: &Arguments,
        server: &Server,
        (database, sample): (&Database, Option<Result<Sample>>),
        fixed_name: &str,
    ) -> Self {
        let length = Duration::from_secs(arguments.raw_seconds);
        let sampled = match sample {
            Some(Ok(sample)) => {
                let how = (&*arguments.raw_clients, length);
                RawLimit::prepare(server, database, sample, how).await.map_err(|error| format!("{error:#}"))
            }
            Some(Err(error)) => Err(format!("{error:#}")),
            None => Err(AS_ASKED.to_owned()),
        };
        Self { sampled, fixed: fixed(arguments, server, fixed_name).await }
    }

    /// Runs pgbench with everything, while Tandem is stopped.
    pub(crate) async fn measure(&mut self, server: &Server) -> Result<()> {
        if let Ok(sampled) = &mut self.sampled {
            sampled.measure(server).await?;
        }
        measure(&mut self.fixed, server).await
    }

    /// Removes what was prepared, and tells what came of it.
    pub(crate) async fn finish(self, server: &Server) -> Result<Found> {
        let sampled = match self.sampled {
            Ok(limit) => Ok(limit.finish(server).await?),
            Err(cause) => Err(cause),
        };
        Ok(Found { sampled, fixed: finish(self.fixed, server).await? })
    }
}

/// Why there is none.
const AS_ASKED: &str = "as was asked";

/// The fixed limit, unless it was not asked for or can't be measured.
pub(crate) async fn fixed(arguments: &Arguments, server: &Server, name: &str) -> Result<FixedLimit, String> {
    if arguments.raw_seconds == 0 {
        return Err(AS_ASKED.to_owned());
    }
    progress(&format!("filling the tables of the fixed limit, {} rows", arguments.fixed_rows));
    let length = Duration::from_secs(arguments.raw_seconds);
    FixedLimit::prepare(server, name, arguments.fixed_rows, length).await.map_err(|error| format!("{error:#}"))
}

/// Measures the fixed limit, if there is one.
pub(crate) async fn measure(fixed: &mut Result<FixedLimit, String>, server: &Server) -> Result<()> {
    match fixed {
        Ok(fixed) => fixed.measure(server).await,
        Err(_) => Ok(()),
    }
}

/// Removes the fixed limit's tables, and tells what came of it, or why there is nothing.
pub(crate) async fn finish(fixed: Result<FixedLimit, String>, server: &Server) -> Result<Result<Fixed, String>> {
    match fixed {
        Ok(fixed) => Ok(Ok(fixed.finish(server).await?)),
        Err(cause) => Ok(Err(cause)),
    }
}
