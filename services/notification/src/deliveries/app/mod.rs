mod log;
mod queueing;
mod sending;

pub use log::MailsWait;
pub(super) use log::{ListDeliveries, Listed, PRUNE_BATCH, PruneDeliveries, ResendDelivery};
pub(super) use queueing::{QueueAboutClosure, QueueAboutRequests, RequestChange};
pub(super) use sending::{BeginAttempts, Begun, ExchangeAttempts, FinishAttempts, Finished, Ready};
