//! `tandem dead-letters`.

use chassis::{Process, Settings};
use clap::{Args, Subcommand};
use eventing::dead_letters::{self, DeadLetter};
use kernel::EventId;

use super::{env, print};
use crate::{
    Config,
    database::Databases,
    platform::{Platform, TOPOLOGIES},
};

/// Shows or replays events that could not be handled.
#[derive(Args)]
pub(crate) struct DeadLetters {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// One line per event: queue, id, attempts, when it died, why.
    List,
    /// Hands events to their handlers again.
    Replay {
        /// The queue, as `list` prints it.
        queue: String,
        /// Only this event; all of the queue without it.
        #[arg(long)]
        event: Option<EventId>,
    },
}

pub(crate) async fn execute(settings: Settings<Config>, letters: DeadLetters) -> anyhow::Result<()> {
    let queues: Vec<String> = TOPOLOGIES.iter().filter_map(|t| t.queue()).collect();
    if !settings.broker.url.is_empty() {
        let transport = Process::transport(&settings);
        return match letters.action {
            Action::List => show(&dead_letters::list(&transport, &queues).await?),
            Action::Replay { queue, event } => {
                replayed(dead_letters::replay(&transport, &known(&queues, queue)?, event).await?)
            }
        };
    }
    let databases = Databases::open(&settings).await?;
    let platform = Platform::assemble(&settings, env(&settings)?, &databases).await?;
    match letters.action {
        Action::List => {
            let mut found = Vec::new();
            for host in platform.hosts() {
                found.extend(dead_letters::list_in(host.db.pool(), &queues).await?);
            }
            show(&found)
        }
        Action::Replay { queue, event } => {
            let queue = known(&queues, queue)?;
            let mut count = 0;
            for host in platform.hosts() {
                count += dead_letters::replay_in(host.db.pool(), &queue, event).await?;
            }
            replayed(count)
        }
    }
}

fn known(queues: &[String], queue: String) -> anyhow::Result<String> {
    anyhow::ensure!(queues.contains(&queue), "there is no queue {queue}; the queues are:\n{}", queues.join("\n"));
    Ok(queue)
}

fn show(letters: &[DeadLetter]) -> anyhow::Result<()> {
    for letter in letters {
        let or_unknown = |text: Option<String>| text.unwrap_or_else(|| "unknown".to_owned());
        let id = or_unknown(letter.event_id.map(|id| id.to_string()));
        let died = or_unknown(letter.died_at.map(|at| at.to_string()));
        print(&format!("{}\t{id}\t{} attempts\t{died}\t{}", letter.queue, letter.attempts, letter.reason))?;
    }
    print(&format!("{} dead letters", letters.len()))
}

fn replayed(count: u64) -> anyhow::Result<()> {
    print(&format!("{count} events handed over again"))
}
