//! `testkit-servers COMMAND ARGUMENTS...`: runs a command beside a PostgreSQL and a RabbitMQ that are there for it alone.

use std::process::ExitCode;

use anyhow::{Context as _, Result};

fn main() -> Result<ExitCode> {
    let mut arguments = std::env::args().skip(1);
    let program = arguments.next().context("usage: testkit-servers COMMAND ARGUMENTS...")?;
    let servers = testkit::servers::start_all()?;
    let code = servers.run(&program, &arguments.collect::<Vec<_>>())?;
    Ok(ExitCode::from(code))
}
