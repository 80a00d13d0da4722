//! `placement.v1.request_declined`: the school's coordinator is told why.

use chassis::Tx;
use eventing::{Handle, HandlerError, Received};
use proto::placement::v1::RequestDeclined;

use super::Requests;
use crate::domain::Occasion;

pub(super) struct OnRequestDeclined(pub(super) Requests);

impl Handle<RequestDeclined> for OnRequestDeclined {
    async fn handle(&self, tx: &mut Tx, received: Received<RequestDeclined>) -> Result<(), HandlerError> {
        let (id, version) = (received.id, received.aggregate_version);
        self.0.take(tx, (id, version), Occasion::Declined, &received.event.request).await
    }
}
