//! Who changed what on profiles.

use proto::configuration::v1 as pb;

use crate::profiles::domain::profile_history::ProfileChange;

/// The message that tells of a change, with the name of who did it.
#[must_use]
pub fn write(change: ProfileChange, person_name: String) -> pb::ProfileChange {
    let fields = change.fields.into_iter().map(|field| pb::FieldChange {
        field: field.field,
        old_value: field.old,
        new_value: field.new,
    });
    pb::ProfileChange {
        id: change.id.to_string(),
        time: Some(proto::timestamp(change.at)),
        person_id: change.person.to_string(),
        person_name,
        created: change.version == 1,
        fields: fields.collect(),
    }
}
