//! Which statements are whose: those of calls, of events, of mails, and of all else, told apart by the tables that their transactions
//! name.

use std::collections::HashSet;

use serde::Serialize;

use super::log::Line;

/// How many statements there were of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) calls: usize,
    pub(super) events: usize,
    pub(super) mails: usize,
    pub(super) relay: usize,
    pub(super) rest: usize,
}

/// What many journeys at a time take of the database: consumers and senders take batches then. BEGIN and COMMIT are counted.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Together {
    pub(crate) journeys: u64,
    /// Events that consumers handled, each counted at each consumer.
    pub(crate) events: i64,
    pub(crate) mails: i64,
    pub(crate) statements_per_call: f64,
    /// At each consumer, looking for it among them.
    pub(crate) statements_per_event: f64,
    /// Of the sender, looking for it among them; that an event wrote the mail down is the event's.
    pub(crate) statements_per_mail: f64,
    /// Of the relay and of whoever else reads the outbox, for each journey.
    pub(crate) statements_of_relay: f64,
    /// Of everything else that went on meanwhile, for each journey.
    pub(crate) statements_of_rest: f64,
}

impl Counts {
    /// Counts units of statements; `keys` are the `request_id`s of the calls.
    pub(super) fn of(units: &[Vec<&Line>], keys: &HashSet<String>) -> Self {
        let mut counts = Self::default();
        for unit in units {
            *counts.kind(unit, keys) += unit.len();
        }
        counts
    }

    /// What that is for each.
    pub(super) fn together(self, (calls, journeys): (u64, u64), (events, mails): (i64, i64)) -> Together {
        let each = |statements: usize, count: f64| {
            if count > 0.0 { (statements as f64 / count * 100.0).round() / 100.0 } else { 0.0 }
        };
        Together {
            journeys,
            events,
            mails,
            statements_per_call: each(self.calls, calls as f64),
            statements_per_event: each(self.events, events as f64),
            statements_per_mail: each(self.mails, mails as f64),
            statements_of_relay: each(self.relay, journeys as f64),
            statements_of_rest: each(self.rest, journeys as f64),
        }
    }

    fn kind(&mut self, unit: &[&Line], keys: &HashSet<String>) -> &mut usize {
        let names = |text: &str| unit.iter().any(|line| line.sql.to_lowercase().contains(text));
        if unit.iter().flat_map(|line| &line.parameters).flatten().any(|value| keys.contains(value)) {
            &mut self.calls
        } else if names("inbox") {
            &mut self.events
        } else if names("outbox") || names("insert into queue_message") {
            &mut self.relay
        } else if names("queue_message") {
            &mut self.events
        } else if names("delivery") {
            &mut self.mails
        } else {
            &mut self.rest
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(sql: &str, parameter: Option<&str>) -> Line {
        let parameters = vec![parameter.map(str::to_owned)];
        Line { pid: 1, milliseconds: 0.1, executed: true, sql: sql.to_owned(), parameters }
    }

    #[test]
    fn statements_belong_to_what_their_transaction_is_about() {
        let lines = [
            line("INSERT INTO outbox", Some("key")),
            line("insert into inbox", None),
            line("INSERT INTO delivery", None),
            line("insert into queue_message", None),
            line("delete from queue_message", None),
            line("UPDATE delivery", None),
            line("SELECT 1", None),
        ];
        let [call, inbox, added, queued, taken, sent, other] = &lines;
        let units = vec![
            vec![other, call],
            vec![inbox, added],
            vec![queued],
            vec![taken],
            vec![sent, other, other],
            vec![other],
        ];
        let counts = Counts::of(&units, &HashSet::from(["key".to_owned()]));
        assert_eq!(counts, Counts { calls: 2, events: 3, mails: 3, relay: 1, rest: 1 });
        let together = counts.together((1, 1), (2, 0));
        assert_eq!((together.statements_per_event, together.statements_per_mail), (1.5, 0.0));
    }
}
