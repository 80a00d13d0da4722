//! Destinations.

use chassis::mask::Mask;
use kernel::{Fields, Invalid, ServiceId};
use proto::configuration::v1 as pb;

use crate::{
    organisations::domain::destination::{Destination, Shift},
    resources::{
        Message, NAME, SHORT_NAME, Stored,
        text::{localized, long_text},
    },
};

chassis::overlay!(pb::Destination {
    service_ids,
    name,
    short_name,
    agent_id,
    capacity,
    maximum_group_size,
    description,
    location,
    shifts,
    minimum_notice_weeks,
    prerequisites,
    active
});

impl Message for Destination {
    type Proto = pb::Destination;
    type Event = pb::DestinationChanged;

    const NAME: &'static str = "destination";
    const CHANGEABLE: &'static [&'static str] = CHANGEABLE;

    fn overlay(stored: &mut pb::Destination, from: &pb::Destination, mask: &Mask) {
        overlay(stored, from, mask);
    }

    fn changed(stored: &Stored<Self>) -> pb::DestinationChanged {
        pb::DestinationChanged { destination: Some(Self::write(stored)) }
    }

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
        let description = long_text(&mut fields, "destination.description", message.description.as_ref());
        let location = fields.text("destination.location", &message.location, 0..=200);
        let shifts = shifts(&mut fields, &message.shifts);
        let notice = 0..=Self::LONGEST_NOTICE;
        let notice = fields.number("destination.minimum_notice_weeks", message.minimum_notice_weeks, notice);
        let prerequisites = long_text(&mut fields, "destination.prerequisites", message.prerequisites.as_ref());
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
                description: description?,
                location: location?,
                shifts: shifts?,
                minimum_notice_weeks: notice?,
                prerequisites: prerequisites?,
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
            description: localized(&destination.description),
            location: destination.location,
            shifts: destination.shifts.iter().map(|s| write_shift(*s).into()).collect(),
            minimum_notice_weeks: destination.minimum_notice_weeks,
            prerequisites: localized(&destination.prerequisites),
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

/// In the order of the day, each once, however often it is named.
fn shifts(fields: &mut Fields, numbers: &[i32]) -> Option<Vec<Shift>> {
    let mut shifts = Vec::with_capacity(numbers.len());
    for (i, number) in numbers.iter().enumerate() {
        match parse_shift(*number) {
            Some(found) => shifts.push(found),
            None => fields.fault(format!("destination.shifts[{i}]"), "UNKNOWN_VALUE"),
        }
    }
    shifts.sort_unstable();
    shifts.dedup();
    Some(shifts)
}

fn parse_shift(number: i32) -> Option<Shift> {
    match pb::Shift::try_from(number) {
        Ok(pb::Shift::Day) => Some(Shift::Day),
        Ok(pb::Shift::Evening) => Some(Shift::Evening),
        Ok(pb::Shift::Night) => Some(Shift::Night),
        Ok(pb::Shift::Unspecified) | Err(_) => None,
    }
}

const fn write_shift(shift: Shift) -> pb::Shift {
    match shift {
        Shift::Day => pb::Shift::Day,
        Shift::Evening => pb::Shift::Evening,
        Shift::Night => pb::Shift::Night,
    }
}
