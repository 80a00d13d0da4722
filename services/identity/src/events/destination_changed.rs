//! `configuration.v1.destination_changed`.

use chassis::Tx;
use eventing::{Handle, HandlerError, Received};
use proto::configuration::v1::DestinationChanged;

use crate::{app, wire};

/// Keeps the place in the copy.
#[derive(Clone, Copy, Debug)]
pub struct OnDestinationChanged;

impl Handle<DestinationChanged> for OnDestinationChanged {
    async fn handle(&self, tx: &mut Tx, received: Received<DestinationChanged>) -> Result<(), HandlerError> {
        let record =
            wire::place::destination(&received.event, received.aggregate_version).map_err(HandlerError::reject)?;
        app::record_place::run(tx, &record).await.map_err(HandlerError::retry)
    }
}
