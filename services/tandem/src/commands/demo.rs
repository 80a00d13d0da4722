//! `tandem demo`, and what `tandem run --demo` does first.

use chassis::Settings;
use kernel::{Clock as _, SystemClock};

use super::print;
use crate::{
    Config,
    database::Databases,
    demo::{self, Outcome, Summary},
};

/// Loads the demonstration into an empty province and prints its accounts.
pub(crate) async fn execute(settings: Settings<Config>) -> anyhow::Result<()> {
    let databases = Databases::open(&settings).await?;
    load(&settings, &databases).await?;
    print(&demo::table())
}

/// Loads it into databases that are open, and says what came of it.
pub(crate) async fn load(settings: &Settings<Config>, databases: &Databases) -> anyhow::Result<()> {
    print("Looking for the demonstration; loading it takes half a minute...")?;
    match demo::load_into(settings, databases, SystemClock.now()).await? {
        Outcome::Present => print("The demonstration is there already; nothing was changed."),
        Outcome::Loaded(Summary { sites, people, units, requests, mails }) => print(&format!(
            "Loaded: {sites} facilities, {units} units, {people} people, {requests} requests. \
             The {mails} mails of the past went to nobody."
        )),
    }
}
