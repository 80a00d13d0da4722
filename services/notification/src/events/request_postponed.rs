//! `placement.v1.request_postponed`: if it is pending again, the receiving coordinator is told.

use chassis::Tx;
use eventing::{Handle, HandlerError, Received};
use proto::placement::v1::RequestPostponed;

use super::Requests;
use crate::domain::Occasion;

pub(super) struct OnRequestPostponed(pub(super) Requests);

impl Handle<RequestPostponed> for OnRequestPostponed {
    async fn handle(&self, tx: &mut Tx, received: Received<RequestPostponed>) -> Result<(), HandlerError> {
        let (id, version) = (received.id, received.aggregate_version);
        self.0.take(tx, (id, version), Occasion::Postponed, &received.event.request).await
    }
}
