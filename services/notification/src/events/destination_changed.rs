//! `configuration.v1.destination_changed`: a destination's name and agent, for the mails.

use chassis::Tx;
use eventing::{Handle, HandlerError, Received};
use proto::configuration::v1::DestinationChanged;

use super::{keep, unreadable};
use crate::{app::keep_copy::Record, wire};

pub(super) struct OnDestinationChanged;

impl Handle<DestinationChanged> for OnDestinationChanged {
    async fn handle(&self, tx: &mut Tx, received: Received<DestinationChanged>) -> Result<(), HandlerError> {
        let destination = wire::configuration::destination(&received.event).map_err(unreadable)?;
        keep(tx, received.aggregate_version, &Record::Destination(destination)).await
    }
}
