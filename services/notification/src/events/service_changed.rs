//! `configuration.v1.service_changed`: a clinical service's name, for the mails.

use chassis::Tx;
use eventing::{Handle, HandlerError, Received};
use proto::configuration::v1::ServiceChanged;

use super::{keep, unreadable};
use crate::{app::keep_copy::Record, wire};

pub(super) struct OnServiceChanged;

impl Handle<ServiceChanged> for OnServiceChanged {
    async fn handle(&self, tx: &mut Tx, received: Received<ServiceChanged>) -> Result<(), HandlerError> {
        let service = wire::configuration::service(&received.event).map_err(unreadable)?;
        keep(tx, received.aggregate_version, &Record::Service(service)).await
    }
}
