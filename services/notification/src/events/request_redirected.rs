//! `placement.v1.request_redirected`: the destination's agent is told, by a mail with an answer link where nobody there is a user.

use chassis::Tx;
use eventing::{Handle, HandlerError, Received};
use proto::placement::v1::RequestRedirected;

use super::Requests;
use crate::domain::Occasion;

pub(super) struct OnRequestRedirected(pub(super) Requests);

impl Handle<RequestRedirected> for OnRequestRedirected {
    async fn handle(&self, tx: &mut Tx, received: Received<RequestRedirected>) -> Result<(), HandlerError> {
        let (id, version) = (received.id, received.aggregate_version);
        self.0.take(tx, (id, version), Occasion::Redirected, &received.event.request).await
    }
}
