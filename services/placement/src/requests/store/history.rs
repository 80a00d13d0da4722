//! The table `placement_history`: written once, read in order.

use jiff_sqlx::{Date, Timestamp, ToSqlx as _};
use kernel::{DateRange, HistoryEntryId, PlacementRequestId};
use uuid::Uuid;

use super::Error;
use crate::requests::domain::{
    Actor, Delivery, Entry, EntryKind, HistoryEntry, MovedDates, ReasonCode, Role, Status, Transition, shown,
};
use chassis::Tx;

/// Adds what happened, under the version that it led to, with the name of who did it, and notes that `seen_by`
/// has seen it, in the version that their role counts.
pub async fn append(
    tx: &mut Tx,
    id: HistoryEntryId,
    done: &Transition,
    person_name: &str,
    seen_by: Actor,
) -> Result<(), Error> {
    let Transition { request, entry, .. } = done;
    sqlx::query!(
        "WITH seen AS (
             INSERT INTO request_seen (person_id, request_id, version) SELECT $13, $1, $16 WHERE $13::uuid IS NOT NULL
             ON CONFLICT (person_id, request_id) DO UPDATE SET version = excluded.version
         )
         INSERT INTO placement_history (request_id, version, id, at, person_id, person_name, role, kind, from_state,
                                        to_state, reason_code, comment, on_behalf, asked_state,
                                        previous_start_date, previous_end_date, start_date, end_date)
         VALUES ($1, $2, $3, $4, $5, $15, $6, $7, $8, $9, $10, $11,
                 $12, $14, $17, $18, $19, $20)",
        request.id.uuid(),
        request.version,
        id.uuid(),
        request.updated_at.to_sqlx() as _,
        entry.by.person.map(|id| id.uuid()),
        entry.by.role.code(),
        entry.kind.code(),
        entry.from.map(Status::code),
        entry.to.code(),
        entry.reason.as_ref().map(|reason| reason.0.as_str()),
        entry.comment,
        entry.on_behalf,
        seen_by.person.map(|id| id.uuid()),
        request.asked.status().code(),
        person_name,
        shown::version(request, seen_by.role),
        entry.moved.map(|moved| moved.from.start().to_sqlx()) as _,
        entry.moved.map(|moved| moved.from.end().to_sqlx()) as _,
        entry.moved.map(|moved| moved.to.start().to_sqlx()) as _,
        entry.moved.map(|moved| moved.to.end().to_sqlx()) as _,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Everything that was done with a request, oldest first.
pub async fn of(tx: &mut Tx, request: PlacementRequestId) -> Result<Vec<HistoryEntry>, Error> {
    let rows = sqlx::query_as!(
        Row,
        "SELECT id, at, person_id, person_name, role, kind, from_state, to_state, reason_code, comment, on_behalf,
                asked_state, previous_start_date, previous_end_date, start_date, end_date
         FROM placement_history WHERE request_id = $1 ORDER BY version",
        request.uuid(),
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter().map(HistoryEntry::try_from).collect()
}

struct Row {
    id: Uuid,
    at: Timestamp,
    person_id: Option<Uuid>,
    person_name: String,
    role: String,
    kind: String,
    from_state: Option<String>,
    to_state: String,
    reason_code: Option<String>,
    comment: String,
    on_behalf: bool,
    asked_state: Option<String>,
    previous_start_date: Option<Date>,
    previous_end_date: Option<Date>,
    start_date: Option<Date>,
    end_date: Option<Date>,
}

impl Row {
    fn moved(&self) -> Result<Option<MovedDates>, Error> {
        let (Some(start), Some(end), Some(to_start), Some(to_end)) =
            (self.previous_start_date, self.previous_end_date, self.start_date, self.end_date)
        else {
            return Ok(None);
        };
        let range = |start: Date, end: Date| {
            let range = DateRange::new(start.to_jiff(), end.to_jiff());
            range.map_err(|_| Error::inconsistent("placement_history", "start_date", self.id))
        };
        Ok(Some(MovedDates { from: range(start, end)?, to: range(to_start, to_end)? }))
    }
}

impl TryFrom<Row> for HistoryEntry {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        let (id, moved) = (row.id, row.moved()?);
        let or = |column: &'static str| move || Error::inconsistent("placement_history", column, id);
        let status = |code: &str, column| Status::parse(code).ok_or_else(or(column));
        Ok(Self {
            id: id.into(),
            at: row.at.to_jiff(),
            person_name: row.person_name,
            asked: row.asked_state.map(|code| asked(&code).ok_or_else(or("asked_state"))).transpose()?,
            entry: Entry {
                kind: EntryKind::parse(&row.kind).ok_or_else(or("kind"))?,
                by: Actor {
                    person: row.person_id.map(Into::into),
                    role: Role::parse(&row.role).ok_or_else(or("role"))?,
                },
                from: row.from_state.map(|code| status(&code, "from_state")).transpose()?,
                to: status(&row.to_state, "to_state")?,
                reason: row.reason_code.map(ReasonCode),
                comment: row.comment,
                on_behalf: row.on_behalf,
                moved,
            },
        })
    }
}

fn asked(code: &str) -> Option<Delivery> {
    Status::parse(code).and_then(Delivery::of)
}
