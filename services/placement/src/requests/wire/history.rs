//! The history.

use proto::placement::v1::{HistoryEntry, MovedDates};

use super::{codes, fields::id_or_empty};
use crate::requests::domain;

/// Writes one entry, as a viewer may see it.
#[must_use]
pub fn history_entry(entry: domain::HistoryEntry) -> HistoryEntry {
    let domain::HistoryEntry { id, at, person_name, asked: _, entry } = entry;
    HistoryEntry {
        id: id.to_string(),
        time: Some(proto::timestamp(at)),
        person_id: id_or_empty(entry.by.person),
        person_name,
        role: codes::role(entry.by.role).into(),
        action: entry.kind.code().to_owned(),
        from: entry.from.map(codes::state).unwrap_or_default().into(),
        to: codes::state(entry.to).into(),
        reason_code: entry.reason.map(|reason| reason.0).unwrap_or_default(),
        comment: entry.comment,
        on_behalf: entry.on_behalf,
        moved_dates: entry.moved.map(moved_dates),
    }
}

/// Writes which dates an action moved.
pub(super) fn moved_dates(domain::MovedDates { from, to }: domain::MovedDates) -> MovedDates {
    MovedDates {
        previous_start_date: from.start().to_string(),
        previous_end_date: from.end().to_string(),
        start_date: to.start().to_string(),
        end_date: to.end().to_string(),
    }
}

#[cfg(test)]
mod tests {
    use kernel::Locale;

    use crate::requests::domain::EntryKind;

    #[test]
    fn each_entry_of_the_history_has_a_word() {
        for kind in EntryKind::ALL {
            for locale in Locale::ALL {
                assert_ne!(terms::history(kind.code(), locale), "–", "{kind:?}");
            }
        }
    }
}
