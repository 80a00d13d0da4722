//! `configuration.v1.closure_changed`: where, when and why, for the mails.

use chassis::Tx;
use eventing::{Handle, HandlerError, Received};
use proto::configuration::v1::ClosureChanged;

use super::{keep, unreadable};
use crate::{app::keep_copy::Record, wire};

pub(super) struct OnClosureChanged;

impl Handle<ClosureChanged> for OnClosureChanged {
    async fn handle(&self, tx: &mut Tx, received: Received<ClosureChanged>) -> Result<(), HandlerError> {
        let closure = wire::closure::parse(&received.event).map_err(unreadable)?;
        keep(tx, received.aggregate_version, &Record::Closure(closure)).await
    }
}
