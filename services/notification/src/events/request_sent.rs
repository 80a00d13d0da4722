//! `placement.v1.request_sent`: the receiving coordinator is told that it awaits a decision.

use chassis::Tx;
use eventing::{Handle, HandlerError, Received};
use proto::placement::v1::RequestSent;

use super::Requests;
use crate::domain::Occasion;

pub(super) struct OnRequestSent(pub(super) Requests);

impl Handle<RequestSent> for OnRequestSent {
    async fn handle(&self, tx: &mut Tx, received: Received<RequestSent>) -> Result<(), HandlerError> {
        let (id, version) = (received.id, received.aggregate_version);
        self.0.take(tx, (id, version), Occasion::Sent, &received.event.request).await
    }
}
