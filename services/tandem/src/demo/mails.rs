//! Waiting until no mail about the demonstration's past is left to be sent by whoever serves the province next.

use std::time::Duration;

use anyhow::Context as _;
use chassis::Waker;
use proto::{
    identity::v1::Role,
    notification::v1::{DeliveryState, ListDeliveriesRequest, delivery_service_client::DeliveryServiceClient},
};

use super::{callers::Callers, world::Person};

/// How long mails may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often to look.
const PAUSE: Duration = Duration::from_millis(20);

/// Waits until every delivery about each of `requests` is settled; each is looked at as the coordinator who may. Answers how
/// many were mailed.
pub(super) async fn settled(
    callers: &Callers,
    notification: &Waker,
    requests: &[(String, &Person)],
) -> anyhow::Result<usize> {
    let all = async {
        let mut mailed = 0;
        for (id, coordinator) in requests {
            mailed += loop {
                if let Some(mailed) = look(callers, id, coordinator).await? {
                    break mailed;
                }
                notification.wake(notification::SEND_MAIL);
                tokio::time::sleep(PAUSE).await;
            };
        }
        anyhow::Ok(mailed)
    };
    tokio::time::timeout(PATIENCE, all).await.context("mails wait for too long")?
}

/// How many mails about a request have gone, or nothing if one still waits.
async fn look(callers: &Callers, request: &str, coordinator: &Person) -> anyhow::Result<Option<usize>> {
    let caller = callers.call("notification", coordinator, Role::ReceivingCoordinator)?;
    let ask = ListDeliveriesRequest { placement_request_id: request.to_owned() };
    let deliveries = match DeliveryServiceClient::new(caller).list_deliveries(ask).await {
        Ok(answer) => answer.into_inner().deliveries,
        // Notification never heard of it: nothing about it is mailed.
        Err(status) if status.code() == tonic::Code::NotFound => return Ok(Some(0)),
        Err(status) => return Err(status.into()),
    };
    let waits = deliveries.iter().any(|delivery| delivery.state() == DeliveryState::Pending);
    Ok((!waits).then(|| deliveries.iter().filter(|delivery| delivery.state() == DeliveryState::Sent).count()))
}
