//! Deliveries, as the log shows them.

use directory::model::Person;
use kernel::{DeliveryId, Fields, Invalid, PlacementRequestId};
use proto::notification::v1 as pb;

use super::domain::{Delivery, DeliveryState};

/// The request whose deliveries are asked for.
pub(super) fn parse_list(message: &pb::ListDeliveriesRequest) -> Result<PlacementRequestId, Invalid> {
    let mut fields = Fields::default();
    let id = fields.id("placement_request_id", &message.placement_request_id);
    fields.finish(|| id)
}

/// The delivery that is to be mailed again.
pub(super) fn parse_resend(message: &pb::ResendDeliveryRequest) -> Result<DeliveryId, Invalid> {
    let mut fields = Fields::default();
    let id = fields.id("delivery_id", &message.delivery_id);
    fields.finish(|| id)
}

/// One line of the log.
pub(super) fn delivery(delivery: &Delivery, person: Option<&Person>) -> pb::Delivery {
    let (state, attempts, last_error, sent) = match &delivery.state {
        DeliveryState::Pending(p) => (pb::DeliveryState::Pending, p.attempts, p.last_error.as_deref(), None),
        DeliveryState::Sent { attempts, at } => (pb::DeliveryState::Sent, *attempts, None, Some(*at)),
        DeliveryState::Failed { attempts, error, .. } => {
            (pb::DeliveryState::Failed, *attempts, Some(error.as_str()), None)
        }
    };
    // Before the first attempt: where it would go.
    let address = delivery.address.clone().or_else(|| person.map(|p| p.email.clone())).unwrap_or_default();
    pb::Delivery {
        id: delivery.id.to_string(),
        placement_request_id: delivery.subject.request().map(|id| id.to_string()).unwrap_or_default(),
        template: delivery.message.code().to_owned(),
        person_id: delivery.recipient.map(|id| id.to_string()).unwrap_or_default(),
        person_name: person.map(Person::name).unwrap_or_default(),
        address,
        state: state.into(),
        attempts,
        last_error: last_error.unwrap_or_default().to_owned(),
        create_time: Some(proto::timestamp(delivery.created_at)),
        sent_time: sent.map(proto::timestamp),
    }
}
