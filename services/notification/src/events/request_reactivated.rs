//! `placement.v1.request_reactivated`: the receiving coordinator is told that it awaits a decision again.

use chassis::Tx;
use eventing::{Handle, HandlerError, Received};
use proto::placement::v1::RequestReactivated;

use super::Requests;
use crate::domain::Occasion;

pub(super) struct OnRequestReactivated(pub(super) Requests);

impl Handle<RequestReactivated> for OnRequestReactivated {
    async fn handle(&self, tx: &mut Tx, received: Received<RequestReactivated>) -> Result<(), HandlerError> {
        let (id, version) = (received.id, received.aggregate_version);
        self.0.take(tx, (id, version), Occasion::Reactivated, &received.event.request).await
    }
}
