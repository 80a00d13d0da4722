//! The delivery log.

use chassis::{Failure, Host, auth};
use proto::notification::v1::{
    ListDeliveriesRequest, ListDeliveriesResponse, ResendDeliveryRequest, ResendDeliveryResponse,
    delivery_service_server::DeliveryService,
};
use tonic::{Request, Response, Status};

use super::reach;
use crate::{
    app::{Rules, list_deliveries, resend_delivery},
    trace, wire,
};

/// `DeliveryService`.
#[derive(Clone)]
pub struct Deliveries {
    host: Host,
    rules: Rules,
}

impl Deliveries {
    /// On a host.
    #[must_use]
    pub const fn new(host: Host, rules: Rules) -> Self {
        Self { host, rules }
    }
}

#[tonic::async_trait]
impl DeliveryService for Deliveries {
    async fn list_deliveries(
        &self,
        request: Request<ListDeliveriesRequest>,
    ) -> Result<Response<ListDeliveriesResponse>, Status> {
        let (who, message) = auth::caller(request)?;
        let request = wire::delivery::parse_list(&message).map_err(Failure::from)?;
        let context = (reach::of(&who), request);
        let read = self
            .host
            .db
            .read_with(&context, |tx, (reach, request)| Box::pin(list_deliveries::run(tx, reach, *request)));
        let listed = read.await?;
        let deliveries = listed.iter().map(|l| wire::delivery::delivery(&l.delivery, l.person.as_ref())).collect();
        Ok(Response::new(ListDeliveriesResponse { deliveries }))
    }

    async fn resend_delivery(
        &self,
        request: Request<ResendDeliveryRequest>,
    ) -> Result<Response<ResendDeliveryResponse>, Status> {
        let (who, message) = auth::caller(request)?;
        let id = wire::delivery::parse_resend(&message).map_err(Failure::from)?;
        let context = (&self.host.env, &self.rules, reach::of(&who), id, trace::current());
        let keyed = (&message, message.request_id.as_str());
        let work =
            self.host.db.once_with(&who, "ResendDelivery", keyed, &context, |tx, (env, rules, reach, id, trace)| {
                Box::pin(async move {
                    let listed = resend_delivery::run(tx, env, rules, reach, *id, trace).await?;
                    let delivery = wire::delivery::delivery(&listed.delivery, listed.person.as_ref());
                    Ok::<_, resend_delivery::Error>(ResendDeliveryResponse { delivery: Some(delivery) })
                })
            });
        let answer = work.await?;
        self.host.waker.wake(crate::SEND_MAIL);
        Ok(Response::new(answer))
    }
}
