//! `placement.v1.request_accepted`: the school's coordinator is told that it is to be confirmed.

use chassis::Tx;
use eventing::{Handle, HandlerError, Received};
use proto::placement::v1::RequestAccepted;

use super::Requests;
use crate::domain::Occasion;

pub(super) struct OnRequestAccepted(pub(super) Requests);

impl Handle<RequestAccepted> for OnRequestAccepted {
    async fn handle(&self, tx: &mut Tx, received: Received<RequestAccepted>) -> Result<(), HandlerError> {
        let (id, version) = (received.id, received.aggregate_version);
        self.0.take(tx, (id, version), Occasion::Accepted, &received.event.request).await
    }
}
