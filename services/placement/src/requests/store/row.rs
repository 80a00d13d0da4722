//! A row of `placement_request`, and the way back into the domain.

use jiff_sqlx::{Date, Timestamp};
use kernel::{DateRange, PlacementRequestId};
use uuid::Uuid;

use super::Error;
use crate::requests::domain::{
    Content, Delivery, Explanation, Intended, Kind, Origin, PlacementRequest, ReasonCode, Reference, Refusal, Since,
    State, Status, Tag, Unit, Weekdays,
};

const TABLE: &str = "placement_request";

#[derive(sqlx::FromRow)]
pub(super) struct Row {
    pub(super) id: Uuid,
    pub(super) reference: String,
    pub(super) origin: String,
    pub(super) placing_agency_id: Uuid,
    pub(super) program_id: Uuid,
    pub(super) course_id: Uuid,
    pub(super) receiving_agency_id: Uuid,
    pub(super) site_id: Uuid,
    pub(super) service_id: Uuid,
    pub(super) destination_id: Option<Uuid>,
    pub(super) placement_type_code: String,
    pub(super) kind: String,
    pub(super) student_count: i16,
    pub(super) start_date: Date,
    pub(super) end_date: Date,
    pub(super) weekdays: i16,
    pub(super) shift_code: String,
    pub(super) hours_per_student: i16,
    pub(super) comment: String,
    pub(super) use_release_date: bool,
    pub(super) state: String,
    pub(super) release_on: Option<Date>,
    pub(super) placing_coordinator_id: Option<Uuid>,
    pub(super) receiving_coordinator_id: Option<Uuid>,
    pub(super) destination_coordinator_id: Option<Uuid>,
    pub(super) reason_code: Option<String>,
    pub(super) answer_comment: String,
    pub(super) tags: Vec<String>,
    pub(super) acted_on: bool,
    pub(super) created_at: Timestamp,
    pub(super) updated_at: Timestamp,
    pub(super) since: Date,
    pub(super) school_since: Date,
    pub(super) version: i64,
    pub(super) school_version: i64,
    pub(super) asked_state: String,
    pub(super) school_updated_at: Timestamp,
    pub(super) ended_as_wish: bool,
}

impl TryFrom<Row> for PlacementRequest {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        let id = row.id;
        let or = |column: &'static str| move || Error::inconsistent(TABLE, column, id);
        let state = row.state()?;
        let dates = DateRange::new(row.start_date.to_jiff(), row.end_date.to_jiff());
        let tags = row.tags.iter().map(|tag| Tag::parse(tag).ok_or_else(or("tags")));
        Ok(Self {
            id: PlacementRequestId::from(row.id),
            origin: Origin::parse(&row.origin).ok_or_else(or("origin"))?,
            placing_agency: row.placing_agency_id.into(),
            receiving_agency: row.receiving_agency_id.into(),
            placing_coordinator: row.placing_coordinator_id.map(Into::into),
            receiving_coordinator: row.receiving_coordinator_id.map(Into::into),
            content: Content {
                program: row.program_id.into(),
                course: row.course_id.into(),
                site: row.site_id.into(),
                service: row.service_id.into(),
                kind: Kind::parse(&row.kind).ok_or_else(or("kind"))?,
                student_count: u8::try_from(row.student_count).map_err(|_| or("student_count")())?,
                dates: dates.map_err(|_| or("end_date")())?,
                weekdays: u8::try_from(row.weekdays).ok().and_then(Weekdays::from_bits).ok_or_else(or("weekdays"))?,
                hours_per_student: u16::try_from(row.hours_per_student).map_err(|_| or("hours_per_student")())?,
                placement_type: row.placement_type_code,
                shift_code: row.shift_code,
                comment: row.comment,
                use_release_date: row.use_release_date,
            },
            state,
            tags: tags.collect::<Result<_, _>>()?,
            reference: Reference::stored(row.reference),
            acted_on: row.acted_on,
            created_at: row.created_at.to_jiff(),
            updated_at: row.updated_at.to_jiff(),
            since: Since { day: row.since.to_jiff(), for_school: row.school_since.to_jiff() },
            version: row.version,
            school_version: row.school_version,
            school_updated_at: row.school_updated_at.to_jiff(),
            asked: Status::parse(&row.asked_state).and_then(Delivery::of).ok_or_else(or("asked_state"))?,
        })
    }
}

impl Row {
    fn state(&self) -> Result<State, Error> {
        let or = |column: &'static str| Error::inconsistent(TABLE, column, self.id);
        let wish = self.destination_id.map(Into::into);
        let agent = self.destination_coordinator_id.map(Into::into);
        let unit = self.destination_id.map(|id| Unit { destination: id.into(), agent });
        let intended = if self.ended_as_wish { wish.map(Intended::Wish) } else { unit.map(Intended::Unit) };
        let asked = unit.ok_or_else(|| or("destination_id"));
        let reason = self.reason_code.clone().map(ReasonCode);
        let comment = self.answer_comment.clone();
        let refusal =
            reason.clone().map(|reason| Refusal { reason, comment: comment.clone() }).ok_or_else(|| or("reason_code"));
        let answer = Explanation { reason, comment };
        let status = Status::parse(&self.state).ok_or_else(|| or("state"))?;
        Ok(match status {
            Status::Draft => State::Draft { wish },
            Status::Held => {
                State::Held { wish, release_on: self.release_on.ok_or_else(|| or("release_on"))?.to_jiff() }
            }
            Status::Sent => State::Sent { wish },
            Status::SentOffline => State::SentOffline { wish },
            Status::Redirected => State::Redirected { unit: asked?, delivery: Delivery::Electronic },
            Status::RedirectedOffline => State::Redirected { unit: asked?, delivery: Delivery::Offline },
            Status::RedirectedAutomatically => State::Redirected { unit: asked?, delivery: Delivery::Automatic },
            Status::AcceptedByDestination => State::AcceptedByDestination { unit: asked?, answer },
            Status::DeclinedByDestination => State::DeclinedByDestination { unit: asked?, refusal: refusal? },
            Status::Accepted => State::Accepted { unit, answer },
            Status::Declined => State::Declined { intended, refusal: refusal? },
            Status::Confirmed => State::Confirmed { unit, answer },
            Status::Cancelled => State::Cancelled { intended, refusal: refusal? },
            Status::Deleted => State::Deleted { wish },
        })
    }
}
