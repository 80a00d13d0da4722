//! `placement.v1.request_accepted_by_destination`: the receiving coordinator is told that it is to be ratified.

use chassis::Tx;
use eventing::{Handle, HandlerError, Received};
use proto::placement::v1::RequestAcceptedByDestination;

use super::Requests;
use crate::domain::Occasion;

pub(super) struct OnRequestAcceptedByDestination(pub(super) Requests);

impl Handle<RequestAcceptedByDestination> for OnRequestAcceptedByDestination {
    async fn handle(&self, tx: &mut Tx, received: Received<RequestAcceptedByDestination>) -> Result<(), HandlerError> {
        let (id, version) = (received.id, received.aggregate_version);
        self.0.take(tx, (id, version), Occasion::AcceptedByDestination, &received.event.request).await
    }
}
