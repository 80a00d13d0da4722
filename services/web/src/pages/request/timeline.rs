//! What was done with a request, in words.

use jiff::tz::TimeZone;
use proto::{
    identity::v1::Role,
    placement::v1::{HistoryEntry, State},
};

use crate::{
    api::{Reasons, instant},
    ui::Text,
};

pub(super) struct Row {
    /// What was done, to be read after a name.
    pub(super) action: String,
    /// Who; the system has a name as well.
    pub(super) who: String,
    /// In which role; empty for the system.
    pub(super) role: String,
    pub(super) time: String,
    /// From which state to which, where it changed.
    pub(super) change: Option<(String, String)>,
    /// From which dates to which, where they moved.
    pub(super) dates: Option<(String, String)>,
    pub(super) reason: String,
    pub(super) comment: String,
    pub(super) on_behalf: bool,
}

/// What the rows need to be written.
pub(super) struct RowContext<'a> {
    pub(super) text: Text,
    /// Whose words for states are used.
    pub(super) reader: Role,
    pub(super) zone: &'a TimeZone,
    pub(super) reasons: &'a Reasons,
}

impl RowContext<'_> {
    /// The newest first.
    pub(super) fn rows<'e>(&self, history: impl DoubleEndedIterator<Item = &'e HistoryEntry>) -> Vec<Row> {
        history.rev().map(|entry| self.row(entry)).collect()
    }

    fn row(&self, entry: &HistoryEntry) -> Row {
        let text = self.text;
        let word = terms::history(&entry.action, text.0);
        // An action that has no word yet is told by where it led.
        let action = if word == terms::history("", text.0) { text.state(entry.to(), self.reader) } else { word };
        let is_system = entry.person_id.is_empty();
        let who = if is_system { text.t("history-system") } else { entry.person_name.clone() };
        let role = if is_system || entry.role() == Role::Unspecified { String::new() } else { text.role(entry.role()) };
        let moved = entry.from() != entry.to() && entry.from() != State::Unspecified;
        Row {
            action,
            who,
            role,
            time: text.date_time(instant(entry.time.as_ref()), self.zone),
            change: moved.then(|| (text.state(entry.from(), self.reader), text.state(entry.to(), self.reader))),
            dates: entry.moved_dates.as_ref().map(|moved| {
                let before = text.dates(&moved.previous_start_date, &moved.previous_end_date);
                (before, text.dates(&moved.start_date, &moved.end_date))
            }),
            reason: if entry.reason_code.is_empty() {
                String::new()
            } else {
                self.reasons.name(text, &entry.reason_code)
            },
            comment: entry.comment.clone(),
            on_behalf: entry.on_behalf,
        }
    }
}

/// What came after the entry that somebody saw last; the last one where it is not known what they saw.
pub(super) fn since<'e>(history: &'e [HistoryEntry], seen: &str) -> &'e [HistoryEntry] {
    let position = history.iter().position(|entry| entry.id == seen);
    &history[position.map_or(history.len().saturating_sub(1), |position| position + 1)..]
}

#[cfg(test)]
mod tests {
    use kernel::Locale;

    use super::*;

    fn entry(id: &str, action: &str) -> HistoryEntry {
        HistoryEntry {
            id: id.into(),
            action: action.into(),
            from: State::Sent.into(),
            to: State::Redirected.into(),
            ..HistoryEntry::default()
        }
    }

    fn written(locale: Locale, entry: &HistoryEntry) -> Row {
        let (zone, reasons, reader) = (&TimeZone::UTC, &Reasons::default(), Role::PlacingCoordinator);
        let context = RowContext { text: Text(locale), reader, zone, reasons };
        context.row(entry)
    }

    #[test]
    fn an_action_of_tomorrow_is_told_by_where_it_led() {
        assert_eq!(
            written(Locale::En, &entry("1", "TELEPORTED")).action,
            Text(Locale::En).state(State::Redirected, Role::PlacingCoordinator)
        );
    }

    #[test]
    fn the_system_has_a_name_and_no_role() {
        let row = written(Locale::Fr, &entry("1", "REDIRECTED_AUTOMATICALLY"));
        assert!(!row.who.is_empty() && row.role.is_empty());
        assert_eq!(row.change, Some(("Envoyée".into(), "Réacheminée".into())));
    }

    #[test]
    fn what_came_since_is_what_the_reader_has_not_seen() {
        let history = [entry("1", "SENT"), entry("2", "REDIRECTED"), entry("3", "ACCEPTED")];
        let ids = |seen: &str| since(&history, seen).iter().map(|e| e.id.clone()).collect::<Vec<_>>();
        assert_eq!(ids("2"), ["3"]);
        assert!(ids("3").is_empty());
        assert_eq!(ids("9"), ["3"]);
        assert!(since(&[], "9").is_empty());
    }
}
