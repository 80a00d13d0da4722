//! `placement.v1.request_dates_changed`: kept, for mails that are still to be written; told on screen, not by mail.

use chassis::Tx;
use eventing::{Handle, HandlerError, Received};
use proto::placement::v1::RequestDatesChanged;

use super::Requests;
use crate::domain::Occasion;

pub(super) struct OnRequestDatesChanged(pub(super) Requests);

impl Handle<RequestDatesChanged> for OnRequestDatesChanged {
    async fn handle(&self, tx: &mut Tx, received: Received<RequestDatesChanged>) -> Result<(), HandlerError> {
        let (id, version) = (received.id, received.aggregate_version);
        self.0.take(tx, (id, version), Occasion::DatesChanged, &received.event.request).await
    }
}
