//! `configuration.v1.service_changed`.

use chassis::Tx;
use eventing::{Handle, HandlerError, Received};
use proto::configuration::v1::ServiceChanged;

use crate::{app, wire};

/// Keeps the place in the copy.
#[derive(Clone, Copy, Debug)]
pub struct OnServiceChanged;

impl Handle<ServiceChanged> for OnServiceChanged {
    async fn handle(&self, tx: &mut Tx, received: Received<ServiceChanged>) -> Result<(), HandlerError> {
        let record = wire::place::service(&received.event, received.aggregate_version).map_err(HandlerError::reject)?;
        app::record_place::run(tx, &record).await.map_err(HandlerError::retry)
    }
}
