//! `placement.v1.requests_affected_by_closure`: the school's coordinator is told of the closure.

use chassis::Tx;
use eventing::{Handle, HandlerError, Received};
use proto::placement::v1::RequestsAffectedByClosure;

use super::{Requests, unreadable};
use crate::{
    app::take_touches::{self, Told},
    trace, wire,
};

pub(super) struct OnRequestsAffectedByClosure(pub(super) Requests);

impl Handle<RequestsAffectedByClosure> for OnRequestsAffectedByClosure {
    async fn handle(&self, tx: &mut Tx, received: Received<RequestsAffectedByClosure>) -> Result<(), HandlerError> {
        let (coordinator, touches) = wire::closure::parse_touches(&received.event).map_err(unreadable)?;
        let told = Told { event: received.id, coordinator, touches, trace: trace::current() };
        take_touches::run(tx, &self.0.env, &self.0.rules, &told).await.map_err(HandlerError::retry)
    }
}
