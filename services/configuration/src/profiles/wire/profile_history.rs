//! Who changed what on profiles.

use proto::configuration::v1 as pb;

use crate::profiles::domain::profile_history::ProfileChange;

/// The message that tells of a change, with the name of who did it.
#[must_use]
pub fn write(change: ProfileChange, person_name: String) -> pb::ProfileChange {
    let time = prost_types::Timestamp { seconds: change.at.as_second(), nanos: change.at.subsec_nanosecond() };
    let fields = change.fields.into_iter().map(|field| pb::FieldChange {
        field: field.field,
        old_value: field.old,
        new_value: field.new,
    });
    pb::ProfileChange {
        id: change.id.to_string(),
        time: Some(time),
        person_id: change.person.to_string(),
        person_name,
        created: change.version == 1,
        fields: fields.collect(),
    }
}
