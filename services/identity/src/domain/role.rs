//! Roles, levels and the two sides (domain §4.1, §4.4).

/// Which side of a placement somebody or something is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// Sends students.
    Placing,
    /// Hosts students.
    Receiving,
}

macro_rules! names {
    ($type:ident { $($variant:ident = $name:literal),* $(,)? }) => {
        impl $type {
            /// All, in the order of the contracts.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The name as it is stored: the contracts' without prefix.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// The one that has this name.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.name() == name)
            }
        }
    };
}
pub(crate) use names;

/// What a person is for Tandem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// PC: builds, sends, confirms and cancels requests.
    PlacingCoordinator,
    /// Sees all of chosen courses.
    CourseLeader,
    /// Sees own placements.
    Instructor,
    /// Keeps students, enrolment and prerequisites.
    StudentAdministrator,
    /// Keeps staff records, on either side.
    StaffAdministrator,
    /// Sees own placements in the portal.
    Student,
    /// RC: redirects, answers for the agency.
    ReceivingCoordinator,
    /// DC: answers for destinations.
    DestinationCoordinator,
    /// Sees what a destination coordinator sees.
    DestinationMonitor,
    /// Supervises students.
    Supervisor,
    /// PAL: aggregates of the province.
    ProvincialLead,
    /// The operator's staff.
    Operator,
}

names!(Role {
    PlacingCoordinator = "PLACING_COORDINATOR",
    CourseLeader = "COURSE_LEADER",
    Instructor = "INSTRUCTOR",
    StudentAdministrator = "STUDENT_ADMINISTRATOR",
    StaffAdministrator = "STAFF_ADMINISTRATOR",
    Student = "STUDENT",
    ReceivingCoordinator = "RECEIVING_COORDINATOR",
    DestinationCoordinator = "DESTINATION_COORDINATOR",
    DestinationMonitor = "DESTINATION_MONITOR",
    Supervisor = "SUPERVISOR",
    ProvincialLead = "PROVINCIAL_LEAD",
    Operator = "OPERATOR",
});

impl Role {
    /// The side that has this role; `None` for those of either side and for those above both.
    #[must_use]
    pub const fn side(self) -> Option<Side> {
        match self {
            Self::PlacingCoordinator
            | Self::CourseLeader
            | Self::Instructor
            | Self::StudentAdministrator
            | Self::Student => Some(Side::Placing),
            Self::ReceivingCoordinator | Self::DestinationCoordinator | Self::DestinationMonitor | Self::Supervisor => {
                Some(Side::Receiving)
            }
            Self::StaffAdministrator | Self::ProvincialLead | Self::Operator => None,
        }
    }

    /// Whether the role is of the whole province, given by the operator alone.
    #[must_use]
    pub const fn is_provincial(self) -> bool {
        matches!(self, Self::ProvincialLead | Self::Operator)
    }

    /// Whether the role can have a level. The roles that change nothing are viewers; local administrators are coordinators
    /// and staff administrators (and the operator, over all).
    #[must_use]
    pub const fn allows(self, level: Level) -> bool {
        match self {
            Self::CourseLeader | Self::Instructor | Self::Student | Self::DestinationMonitor | Self::ProvincialLead => {
                matches!(level, Level::Viewer)
            }
            Self::StudentAdministrator | Self::DestinationCoordinator | Self::Supervisor => {
                matches!(level, Level::Viewer | Level::Regular)
            }
            Self::PlacingCoordinator | Self::StaffAdministrator | Self::ReceivingCoordinator | Self::Operator => true,
        }
    }
}

/// How far a grant reaches within its role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Looks, changes nothing.
    Viewer,
    /// Runs the placement cycle: yellow key.
    Regular,
    /// Also keeps people, services, destinations: blue key.
    LocalAdministrator,
}

names!(Level { Viewer = "VIEWER", Regular = "REGULAR", LocalAdministrator = "LOCAL_ADMINISTRATOR" });
