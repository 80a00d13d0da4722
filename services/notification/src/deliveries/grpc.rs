use chassis::{Host, Principal, rpc};
use kernel::Invalid;
use proto::notification::v1::{
    ListDeliveriesRequest, ListDeliveriesResponse, ResendDeliveryRequest, ResendDeliveryResponse,
    delivery_service_server::DeliveryService,
};
use tonic::{Request, Response, Status};

use super::{
    app::{ListDeliveries, Listed, ResendDelivery},
    trace, wire,
};
use crate::context::Context;

/// The delivery log.
#[derive(Clone)]
pub(crate) struct Deliveries {
    host: Host,
    cx: Context,
}

impl Deliveries {
    pub(crate) const fn new(host: Host, cx: Context) -> Self {
        Self { host, cx }
    }
}

#[tonic::async_trait]
impl DeliveryService for Deliveries {
    async fn list_deliveries(
        &self,
        request: Request<ListDeliveriesRequest>,
    ) -> Result<Response<ListDeliveriesResponse>, Status> {
        let parse = |who: &Principal, message: &_| {
            Ok::<_, Invalid>(ListDeliveries { rights: who.rights.clone(), request: wire::parse_list(message)? })
        };
        let answer = |listed: Vec<Listed>| ListDeliveriesResponse { deliveries: listed.iter().map(delivery).collect() };
        rpc::read(&self.host.db, &self.cx, request, parse, answer).await
    }

    async fn resend_delivery(
        &self,
        request: Request<ResendDeliveryRequest>,
    ) -> Result<Response<ResendDeliveryResponse>, Status> {
        let parse = |who: &Principal, message: &_| {
            let (rights, delivery) = (who.rights.clone(), wire::parse_resend(message)?);
            Ok::<_, Invalid>(ResendDelivery { rights, delivery, trace: trace::current() })
        };
        let answer = |listed: Listed| ResendDeliveryResponse { delivery: Some(delivery(&listed)) };
        let response = rpc::once(&self.host.db, &self.cx, request, parse, answer).await?;
        self.host.waker.wake(super::SEND_MAIL);
        Ok(response)
    }
}

fn delivery(listed: &Listed) -> proto::notification::v1::Delivery {
    wire::delivery(&listed.delivery, listed.person.as_deref())
}
