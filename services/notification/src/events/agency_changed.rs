//! `configuration.v1.agency_changed`: an agency's name, for the mails.

use chassis::Tx;
use eventing::{Handle, HandlerError, Received};
use proto::configuration::v1::AgencyChanged;

use super::{keep, unreadable};
use crate::{app::keep_copy::Record, wire};

pub(super) struct OnAgencyChanged;

impl Handle<AgencyChanged> for OnAgencyChanged {
    async fn handle(&self, tx: &mut Tx, received: Received<AgencyChanged>) -> Result<(), HandlerError> {
        let agency = wire::configuration::agency(&received.event).map_err(unreadable)?;
        keep(tx, received.aggregate_version, &Record::Agency(agency)).await
    }
}
