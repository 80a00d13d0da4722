//! Destinations.

use kernel::{Fields, Invalid, ServiceId};
use proto::configuration::v1 as pb;

use super::{
    message::{Message, contract},
    text::{NAME, SHORT_NAME},
};
use crate::domain::{Destination, Stored};

impl Message for Destination {
    contract!(
        "destination",
        pb::Destination,
        DestinationChanged { destination },
        [service_ids, name, short_name, agent_id, capacity, maximum_group_size, active]
    );

    fn parse(message: &pb::Destination) -> Result<Self, Invalid> {
        let mut fields = Fields::default();
        let id = fields.id("destination.id", &message.id);
        let site_id = fields.id("destination.site_id", &message.site_id);
        let service_ids = service_ids(&mut fields, &message.service_ids);
        let name = fields.text("destination.name", &message.name, NAME);
        let short_name = fields.text("destination.short_name", &message.short_name, SHORT_NAME);
        let agent_id = fields.optional_id("destination.agent_id", &message.agent_id);
        let capacity = fields.number("destination.capacity", message.capacity, 0..=Self::MOST);
        let group = fields.number("destination.maximum_group_size", message.maximum_group_size, 0..=Self::MOST);
        fields.finish(|| {
            Some(Self {
                id: id?,
                site_id: site_id?,
                service_ids: service_ids?,
                name: name?,
                short_name: short_name?,
                agent_id: agent_id?,
                capacity: capacity?,
                maximum_group_size: group?,
                active: message.active,
            })
        })
    }

    fn write(stored: &Stored<Self>) -> pb::Destination {
        let destination = stored.value.clone();
        pb::Destination {
            id: destination.id.to_string(),
            site_id: destination.site_id.to_string(),
            service_ids: destination.service_ids.iter().map(ServiceId::to_string).collect(),
            name: destination.name,
            short_name: destination.short_name,
            agent_id: destination.agent_id.map_or_else(String::new, |id| id.to_string()),
            capacity: destination.capacity,
            maximum_group_size: destination.maximum_group_size,
            active: destination.active,
            etag: stored.version.to_string(),
        }
    }
}

/// At least one, each once.
fn service_ids(fields: &mut Fields, texts: &[String]) -> Option<Vec<ServiceId>> {
    if texts.is_empty() {
        fields.fault("destination.service_ids", "REQUIRED");
    }
    let mut ids = Vec::with_capacity(texts.len());
    for (i, text) in texts.iter().enumerate() {
        let field = format!("destination.service_ids[{i}]");
        match fields.id(&field, text) {
            Some(id) if ids.contains(&id) => fields.fault(field, "DUPLICATE"),
            Some(id) => ids.push(id),
            None => {}
        }
    }
    Some(ids)
}
