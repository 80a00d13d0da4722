//! `configuration.v1.agency_changed`.

use chassis::Tx;
use eventing::{Handle, HandlerError, Received};
use proto::configuration::v1::AgencyChanged;

use crate::{app, wire};

/// Keeps the place in the copy.
#[derive(Clone, Copy, Debug)]
pub struct OnAgencyChanged;

impl Handle<AgencyChanged> for OnAgencyChanged {
    async fn handle(&self, tx: &mut Tx, received: Received<AgencyChanged>) -> Result<(), HandlerError> {
        let record = wire::place::agency(&received.event, received.aggregate_version).map_err(HandlerError::reject)?;
        app::record_place::run(tx, &record).await.map_err(HandlerError::retry)
    }
}
