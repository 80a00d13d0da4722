//! What is asked for: the part of a request that the school writes.

use jiff::ToSpan as _;
use kernel::{CourseId, DateRange, ProgramId, ServiceId, SiteId};

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

/// Days of the week as bits, Monday lowest; none means various days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Weekdays(u8);

impl Weekdays {
    /// From bits, Monday lowest; nothing if there is an eighth day.
    #[must_use]
    pub const fn from_bits(bits: u8) -> Option<Self> {
        if bits < 0x80 { Some(Self(bits)) } else { None }
    }

    /// The bits, Monday lowest.
    #[must_use]
    pub const fn bits(self) -> u8 {
        self.0
    }

    /// The days, 1 for Monday to 7 for Sunday.
    pub fn days(self) -> impl Iterator<Item = u8> {
        (1..=7).filter(move |day| self.0 & (1 << (day - 1)) != 0)
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

    #[test]
    fn weekdays_count_from_monday() {
        let days = Weekdays::from_bits(0b101_0001).expect("seven bits");
        assert_eq!(days.days().collect::<Vec<_>>(), [1, 5, 7]);
        assert_eq!(Weekdays::from_bits(0x80), None);
    }
}
