//! Roles, levels and the two sides (domain §4.1, §4.4).

kernel::coded! {
    /// Which side of a placement somebody or something is on.
    Side {
        /// Sends students.
        Placing = "PLACING",
        /// Hosts students.
        Receiving = "RECEIVING",
    }
}

kernel::coded! {
    /// What a person is for Tandem.
    Role {
        /// PC: builds, sends, confirms and cancels requests.
        PlacingCoordinator = "PLACING_COORDINATOR",
        /// Sees all of chosen courses.
        CourseLeader = "COURSE_LEADER",
        /// Sees own placements.
        Instructor = "INSTRUCTOR",
        /// Keeps students, enrolment and prerequisites.
        StudentAdministrator = "STUDENT_ADMINISTRATOR",
        /// Keeps staff records, on either side.
        StaffAdministrator = "STAFF_ADMINISTRATOR",
        /// Sees own placements in the portal.
        Student = "STUDENT",
        /// RC: redirects, answers for the agency.
        ReceivingCoordinator = "RECEIVING_COORDINATOR",
        /// DC: answers for destinations.
        DestinationCoordinator = "DESTINATION_COORDINATOR",
        /// Sees what a destination coordinator sees.
        DestinationMonitor = "DESTINATION_MONITOR",
        /// Supervises students.
        Supervisor = "SUPERVISOR",
        /// PAL: aggregates of the province.
        ProvincialLead = "PROVINCIAL_LEAD",
        /// The operator's staff.
        Operator = "OPERATOR",
    }
}

kernel::coded! {
    /// How far a grant reaches within its role; each level holds the ones before it.
    Level {
        /// Looks, changes nothing.
        Viewer = "VIEWER",
        /// Runs the placement cycle: yellow key.
        Regular = "REGULAR",
        /// Also keeps people, services, destinations: blue key.
        LocalAdministrator = "LOCAL_ADMINISTRATOR",
    }
}

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

    /// Whether the role is of the whole province.
    #[must_use]
    pub const fn is_provincial(self) -> bool {
        matches!(self, Self::ProvincialLead | Self::Operator)
    }
}
