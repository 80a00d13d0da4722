//! `tandem migrate`.

use chassis::{Process, Settings};

use super::{env, print};
use crate::{
    Config,
    database::Databases,
    platform::{Platform, TOPOLOGIES},
};

/// Brings all schemas up to date and declares all queues, so that nothing published before a service's first start is missed.
pub(crate) async fn execute(settings: Settings<Config>) -> anyhow::Result<()> {
    let databases = Databases::open(&settings).await?;
    Platform::assemble(&settings, env(&settings)?, &databases).await?;
    Process::transport(&settings).declare(&TOPOLOGIES).await?;
    print("all schemas are up to date")
}
