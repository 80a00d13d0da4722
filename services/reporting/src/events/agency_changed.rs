//! `configuration.v1.agency_changed`: its name is kept.

use chassis::db::Tx;
use eventing::{Handle, HandlerError, Received};
use proto::configuration::v1::AgencyChanged;

use crate::{app, wire};

/// Keeps the name.
pub struct OnAgencyChanged;

impl Handle<AgencyChanged> for OnAgencyChanged {
    async fn handle(&self, tx: &mut Tx, received: Received<AgencyChanged>) -> Result<(), HandlerError> {
        let name = wire::name::agency(received.event.agency).map_err(HandlerError::reject)?;
        Ok(app::keep_name::run(tx, received.aggregate_version, &name).await?)
    }
}
