//! `tandem import`.

use std::path::PathBuf;

use chassis::Settings;
use clap::{Args, Subcommand};
use configuration::facilities::{self, Counts, Report};

use super::{env, failed, print};
use crate::{Config, database::Databases, platform::Platform};

/// Brings data in.
#[derive(Args)]
pub(crate) struct Import {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Statistics Canada's Open Database of Healthcare Facilities, as agencies and sites. Running it twice changes nothing.
    Facilities {
        /// The CSV file, in whatever encoding it came.
        file: PathBuf,
        /// The province whose facilities are taken, such as `qc`.
        #[arg(long)]
        province: String,
        /// Reports what would happen, and changes nothing.
        #[arg(long)]
        dry_run: bool,
    },
}

pub(crate) async fn execute(settings: Settings<Config>, import: Import) -> anyhow::Result<()> {
    let What::Facilities { file, province, dry_run } = import.what;
    let bytes = std::fs::read(&file).map_err(|e| anyhow::anyhow!("{}: {e}", file.display()))?;
    let databases = Databases::open(&settings).await?;
    let platform = Platform::assemble(&settings, env(&settings)?, &databases).await?;
    let host = &platform.configuration;
    let report = facilities::run(&host.db, &host.env, &bytes, &province, dry_run).await.map_err(failed)?;
    if !dry_run {
        // A province that runs elsewhere relays by itself; here the events wait for the next start.
        platform.process.relay(host).drain().await?;
    }
    show(&report)
}

fn show(report: &Report) -> anyhow::Result<()> {
    for rejection in &report.rejected {
        print(&format!("line {}: {} {}", rejection.line, rejection.cause, rejection.detail))?;
    }
    let counts = |c: Counts| format!("{} new, {} changed, {} as before", c.created, c.updated, c.unchanged);
    print(&format!(
        "{}{} rows of {} ({}), {} of other provinces passed over\nagencies: {}\nsites: {}\nrejected: {}",
        if report.dry_run { "Dry run: nothing was written.\n" } else { "" },
        report.rows,
        report.province.to_uppercase(),
        report.encoding,
        report.other_provinces,
        counts(report.agencies),
        counts(report.sites),
        report.rejected.len(),
    ))
}
