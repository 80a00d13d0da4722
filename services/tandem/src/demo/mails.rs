//! Waiting until the mails about a request have gone, so that each bears the day of what it is about, and none is left to whoever
//! serves the province next.

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
const PAUSE: Duration = Duration::from_millis(5);

/// Waits until every delivery about a request is settled, as its coordinator sees them.
pub(super) async fn settled(
    callers: &Callers,
    notification: &Waker,
    request: &str,
    coordinator: &Person,
) -> anyhow::Result<()> {
    let settled = async {
        while waits(callers, request, coordinator).await? {
            notification.wake(notification::SEND_MAIL);
            tokio::time::sleep(PAUSE).await;
        }
        anyhow::Ok(())
    };
    tokio::time::timeout(PATIENCE, settled).await.context("mails wait for too long")?
}

async fn waits(callers: &Callers, request: &str, coordinator: &Person) -> anyhow::Result<bool> {
    let caller = callers.call("notification", coordinator, Role::ReceivingCoordinator)?;
    let ask = ListDeliveriesRequest { placement_request_id: request.to_owned() };
    match DeliveryServiceClient::new(caller).list_deliveries(ask).await {
        Ok(answer) => Ok(answer.into_inner().deliveries.iter().any(|d| d.state() == DeliveryState::Pending)),
        // Notification never heard of it: nothing about it is mailed.
        Err(status) if status.code() == tonic::Code::NotFound => Ok(false),
        Err(status) => Err(status.into()),
    }
}
