//! `configuration.v1.service_changed`: its name is kept.

use chassis::db::Tx;
use eventing::{Handle, HandlerError, Received};
use proto::configuration::v1::ServiceChanged;

use crate::{app, wire};

/// Keeps the name.
pub struct OnServiceChanged;

impl Handle<ServiceChanged> for OnServiceChanged {
    async fn handle(&self, tx: &mut Tx, received: Received<ServiceChanged>) -> Result<(), HandlerError> {
        let name = wire::name::service(received.event.service).map_err(HandlerError::reject)?;
        Ok(app::keep_name::run(tx, received.aggregate_version, &name).await?)
    }
}
