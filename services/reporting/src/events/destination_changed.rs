//! `configuration.v1.destination_changed`: its name is kept.

use chassis::db::Tx;
use eventing::{Handle, HandlerError, Received};
use proto::configuration::v1::DestinationChanged;

use crate::{app, wire};

/// Keeps the name.
pub struct OnDestinationChanged;

impl Handle<DestinationChanged> for OnDestinationChanged {
    async fn handle(&self, tx: &mut Tx, received: Received<DestinationChanged>) -> Result<(), HandlerError> {
        let name = wire::name::destination(received.event.destination).map_err(HandlerError::reject)?;
        Ok(app::keep_name::run(tx, received.aggregate_version, &name).await?)
    }
}
