//! `placement.v1.request_cancelled`: everyone whom it reached is told why, except who did it.

use chassis::Tx;
use eventing::{Handle, HandlerError, Received};
use proto::placement::v1::RequestCancelled;

use super::Requests;
use crate::domain::Occasion;

pub(super) struct OnRequestCancelled(pub(super) Requests);

impl Handle<RequestCancelled> for OnRequestCancelled {
    async fn handle(&self, tx: &mut Tx, received: Received<RequestCancelled>) -> Result<(), HandlerError> {
        let (id, version) = (received.id, received.aggregate_version);
        self.0.take(tx, (id, version), Occasion::Cancelled, &received.event.request).await
    }
}
