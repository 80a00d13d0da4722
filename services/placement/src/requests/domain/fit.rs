//! Whether students fit into a unit: a destination measured for some days (domain §5.5, §5.6).

use jiff::civil::Date;
use kernel::{DestinationId, PlacementRequestId, ServiceId};

use super::{Content, Kind, PlacementDays, Status};

/// The states whose students take places: once the agency has said yes. While only the destination has answered, yes or no, they
/// are asked for, since the school may not tell the difference. Drafts and held requests do not count: nobody was asked yet.
pub const ACCEPTED: [Status; 2] = [Status::Accepted, Status::Confirmed];

/// The states whose students are asked for.
pub const PENDING: [Status; 7] = [
    Status::Sent,
    Status::SentOffline,
    Status::Redirected,
    Status::RedirectedOffline,
    Status::RedirectedAutomatically,
    Status::AcceptedByDestination,
    Status::DeclinedByDestination,
];

kernel::coded! {
    /// Why a destination does not fit.
    Misfit {
        /// Fewer places than students.
        Capacity = "CAPACITY",
        /// A larger group than it takes.
        GroupSize = "GROUP_SIZE",
        /// Closed on some of the days.
        Closed = "CLOSED",
        /// It begins sooner than the unit asks to be told.
        Notice = "NOTICE",
    }
}

impl Misfit {
    /// Whether it takes a yes that knows of it. A unit that is asked too late has been asked all the same.
    #[must_use]
    pub const fn needs_consent(self) -> bool {
        !matches!(self, Self::Notice)
    }
}

/// Which days, and which request is not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub days: PlacementDays,
    /// Whose place it is about.
    pub without: Option<PlacementRequestId>,
}

/// The most students who are at a unit on any one day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Load {
    /// Of accepted and confirmed requests.
    pub accepted: i32,
    /// Of requests that wait for an answer.
    pub pending: i32,
}

/// A destination that serves a service, with the most students who are there on any one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeasuredUnit {
    pub id: DestinationId,
    /// For which service.
    pub service: ServiceId,
    pub name: String,
    /// Most students at the same time.
    pub capacity: i32,
    /// Most students in one group; 0 for no maximum of its own.
    pub group_size: i32,
    /// How many weeks before the first day it is to be asked; 0 for none.
    pub notice_weeks: i32,
    /// Of accepted and confirmed requests.
    pub accepted: i32,
    /// Of requests that wait for an answer.
    pub pending: i32,
    /// Whether it is a user now (domain §4.6).
    pub electronic: bool,
    /// Whether it, its site or its agency is closed on some of the days.
    pub closed: bool,
}

/// Who is to come, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrival {
    pub students: i32,
    /// Whether they come as one group. Students who come one by one are none, however many they are.
    pub together: bool,
    /// Days from today to the first day.
    pub in_days: i32,
}

/// A destination, measured for an arrival.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fit {
    pub unit: MeasuredUnit,
    /// Places left on the busiest day.
    pub free: i32,
    /// By how many days the notice that it asks for has passed; 0 if it has not.
    pub late_by_days: i32,
    /// Why not, the gravest first; empty if it fits.
    pub misfits: Vec<Misfit>,
}

impl Arrival {
    /// Of students who come together and begin on a day.
    #[must_use]
    pub fn of_group(students: i32, start: Date, today: Date) -> Self {
        Self { students, together: true, in_days: (start - today).get_days() }
    }

    /// Of the students that a request asks for.
    #[must_use]
    pub fn of(content: &Content, today: Date) -> Self {
        let arrival = Self::of_group(content.student_count.into(), content.dates.start(), today);
        Self { together: content.kind == Kind::Group, ..arrival }
    }
}

impl Fit {
    /// Measures a unit. What is only asked for takes no place yet.
    #[must_use]
    pub fn of(unit: MeasuredUnit, arrival: Arrival) -> Self {
        let free = (unit.capacity - unit.accepted).max(0);
        let late_by_days = match unit.notice_weeks {
            0 => 0,
            weeks => weeks.saturating_mul(7).saturating_sub(arrival.in_days).max(0),
        };
        let too_many = arrival.together && unit.group_size > 0 && arrival.students > unit.group_size;
        let reasons = [
            (unit.closed, Misfit::Closed),
            (too_many, Misfit::GroupSize),
            (arrival.students > free, Misfit::Capacity),
            (late_by_days > 0, Misfit::Notice),
        ];
        let misfits = reasons.into_iter().filter_map(|(holds, misfit)| holds.then_some(misfit)).collect();
        Self { unit, free, late_by_days, misfits }
    }

    #[must_use]
    pub const fn fits(&self) -> bool {
        self.misfits.is_empty()
    }

    /// How full it would be if all that is asked for came, in thousandths: what spreads placements fairly.
    #[must_use]
    pub fn filled(&self) -> i32 {
        let unit = &self.unit;
        (unit.accepted + unit.pending).saturating_mul(1000) / unit.capacity.max(1)
    }

    fn order(&self) -> (bool, bool, i32, String, DestinationId) {
        (!self.fits(), !self.unit.electronic, self.filled(), kernel::sort_key(&self.unit.name), self.unit.id)
    }
}

/// What fits first, then what is reached at once, then what is emptiest for its size, then by name.
#[must_use]
pub fn ranked(units: Vec<MeasuredUnit>, arrival: Arrival) -> Vec<Fit> {
    let mut fits: Vec<Fit> = units.into_iter().map(|unit| Fit::of(unit, arrival)).collect();
    fits.sort_by_cached_key(Fit::order);
    fits
}

#[cfg(test)]
mod tests;
