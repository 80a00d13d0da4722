//! What is asked for: the part of a request that the school writes.

use jiff::ToSpan as _;
use kernel::{CourseId, DateRange, Invalid, ProgramId, ServiceId, SiteId};

use super::{PlacementDays, Weekdays};

kernel::coded! {
    /// Who is placed.
    Kind {
        /// One or several students, each with a supervisor.
        Individual = "INDIVIDUAL",
        /// A group with its instructor.
        Group = "GROUP",
        /// Looks on.
        Observation = "OBSERVATION",
    }
}

kernel::coded! {
    /// How a request came to be (domain §7.1).
    Origin {
        /// The school's own entry.
        PlacingAgency = "PLACING_AGENCY",
        /// Quick Entry by the receiving coordinator, for a school that is not a user (domain §12 no. 3).
        ReceivingAgency = "RECEIVING_AGENCY",
    }
}

/// What is asked for (domain §7.1), without the destination, which belongs to the state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    pub program: ProgramId,
    /// The course, of that program.
    pub course: CourseId,
    pub site: SiteId,
    /// The clinical service, at that site.
    pub service: ServiceId,
    /// Code of the placement type.
    pub placement_type: String,
    /// Who is placed.
    pub kind: Kind,
    /// How many, 1 to 99.
    pub student_count: u8,
    /// From when to when, at most two years.
    pub dates: DateRange,
    /// On which days.
    pub weekdays: Weekdays,
    /// Such as `D8`, at most 8 characters; may be empty.
    pub shift_code: String,
    /// 0 to 5000.
    pub hours_per_student: u16,
    /// What the school says with it, at most 4000 characters.
    pub comment: String,
    /// Whether the term's common release date holds it back.
    pub use_release_date: bool,
}

impl Content {
    /// The days that it asks for.
    #[must_use]
    pub const fn days(&self) -> PlacementDays {
        PlacementDays { dates: self.dates, weekdays: self.weekdays }
    }

    /// Moves it to other dates, with other hours where they are given.
    ///
    /// # Errors
    /// `NO_SUCH_DAY` on `end_date`, `HOURS_DO_NOT_FIT` on `hours_per_student`.
    pub fn move_to(&mut self, to: NewDates) -> Result<(), Invalid> {
        self.dates = to.dates;
        self.hours_per_student = to.hours_per_student.unwrap_or(self.hours_per_student);
        let fault = self.days().fault(self.hours_per_student.into(), "end_date", "hours_per_student");
        fault.map_or(Ok(()), |fault| Err(Invalid(vec![fault])))
    }
}

/// Where a request is moved to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewDates {
    pub dates: DateRange,
    /// 0 to 5000; `None` leaves them.
    pub hours_per_student: Option<u16>,
}

/// No placement ends later than so many months after its first day. So whatever is active on a day begins in a range of one
/// index.
pub const LONGEST_MONTHS: i32 = 24;

/// Whether a placement would end more than [`LONGEST_MONTHS`] after its start.
#[must_use]
pub fn is_too_long(dates: DateRange) -> bool {
    dates.start().checked_add(LONGEST_MONTHS.months()).is_ok_and(|limit| dates.end() > limit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn two_years_to_the_day_are_the_limit() {
        let range = |end| DateRange::new(date(2027, 1, 11), end).expect("in order");
        assert!(!is_too_long(range(date(2029, 1, 11))));
        assert!(is_too_long(range(date(2029, 1, 12))));
    }
}
