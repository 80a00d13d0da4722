//! `configuration.v1.reason_changed`: a reason, for the mails.

use chassis::Tx;
use eventing::{Handle, HandlerError, Received};
use proto::configuration::v1::ReasonChanged;

use super::{keep, unreadable};
use crate::{app::keep_copy::Record, wire};

pub(super) struct OnReasonChanged;

impl Handle<ReasonChanged> for OnReasonChanged {
    async fn handle(&self, tx: &mut Tx, received: Received<ReasonChanged>) -> Result<(), HandlerError> {
        let reason = wire::configuration::reason(&received.event).map_err(unreadable)?;
        keep(tx, received.aggregate_version, &Record::Reason(reason)).await
    }
}
