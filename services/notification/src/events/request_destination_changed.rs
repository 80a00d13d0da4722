//! `placement.v1.request_destination_changed`: the link of the unit before is closed, the new unit's agent is told.

use chassis::Tx;
use eventing::{Handle, HandlerError, Received};
use proto::placement::v1::RequestDestinationChanged;

use super::Requests;
use crate::domain::Occasion;

pub(super) struct OnRequestDestinationChanged(pub(super) Requests);

impl Handle<RequestDestinationChanged> for OnRequestDestinationChanged {
    async fn handle(&self, tx: &mut Tx, received: Received<RequestDestinationChanged>) -> Result<(), HandlerError> {
        let (id, version) = (received.id, received.aggregate_version);
        self.0.take(tx, (id, version), Occasion::DestinationChanged, &received.event.request).await
    }
}
