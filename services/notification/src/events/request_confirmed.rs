//! `placement.v1.request_confirmed`: the receiving side is told.

use chassis::Tx;
use eventing::{Handle, HandlerError, Received};
use proto::placement::v1::RequestConfirmed;

use super::Requests;
use crate::domain::Occasion;

pub(super) struct OnRequestConfirmed(pub(super) Requests);

impl Handle<RequestConfirmed> for OnRequestConfirmed {
    async fn handle(&self, tx: &mut Tx, received: Received<RequestConfirmed>) -> Result<(), HandlerError> {
        let (id, version) = (received.id, received.aggregate_version);
        self.0.take(tx, (id, version), Occasion::Confirmed, &received.event.request).await
    }
}
