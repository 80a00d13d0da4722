//! `placement.v1.request_declined_by_destination`: the receiving coordinator is told, the school is not (domain §7.3).

use chassis::Tx;
use eventing::{Handle, HandlerError, Received};
use proto::placement::v1::RequestDeclinedByDestination;

use super::Requests;
use crate::domain::Occasion;

pub(super) struct OnRequestDeclinedByDestination(pub(super) Requests);

impl Handle<RequestDeclinedByDestination> for OnRequestDeclinedByDestination {
    async fn handle(&self, tx: &mut Tx, received: Received<RequestDeclinedByDestination>) -> Result<(), HandlerError> {
        let (id, version) = (received.id, received.aggregate_version);
        self.0.take(tx, (id, version), Occasion::DeclinedByDestination, &received.event.request).await
    }
}
