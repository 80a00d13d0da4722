//! What schools send students for (domain §3.1, §6, §7.2, §8).

use jiff::civil::Date;
use kernel::{AgencyId, CourseId, DateRange, ProgramId, TermId, Text};

kernel::coded! {
    /// What a reason may be given for.
    ReasonUse {
        /// Accepting.
        Accept = "ACCEPT",
        /// Declining.
        Decline = "DECLINE",
        /// Cancelling.
        Cancel = "CANCEL",
    }
}

/// A curriculum of a school.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    /// Which.
    pub id: ProgramId,
    /// Its school.
    pub agency: AgencyId,
    /// Its name.
    pub name: Text,
    /// Whether it works in Tandem.
    pub is_user: bool,
    /// False once retired.
    pub active: bool,
}

/// A practicum course.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// Which.
    pub id: CourseId,
    /// Its program.
    pub program: ProgramId,
    /// The school's code for it.
    pub code: String,
    /// Its name.
    pub name: Text,
    /// False once retired.
    pub active: bool,
}

/// A term of a province.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Which.
    pub id: TermId,
    /// Its name.
    pub name: Text,
    /// First and last day.
    pub days: DateRange,
    /// The common day on which held requests go out.
    pub release_date: Option<Date>,
    /// False once it is no longer offered.
    pub active: bool,
}

/// A placement type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacementType {
    /// Its stable code.
    pub code: String,
    /// Its name.
    pub name: Text,
    /// First day on which it may be used.
    pub valid_from: Date,
    /// Last day, included.
    pub valid_to: Option<Date>,
}

/// A coded reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Its stable code.
    pub code: String,
    /// What people read.
    pub name: Text,
    /// What it may be given for.
    pub uses: Vec<ReasonUse>,
    /// False once it is no longer offered.
    pub active: bool,
}
