//! Why something was decided: a stable code for programs, a key of the catalogue and its arguments for people.

/// Why a lower bound is what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The declared floor is enough.
    Floor,
    /// A window of the year is in force or about to begin.
    Peak(String),
    /// That many messages wait.
    Backlog(u64),
    /// A disruption budget must be kept.
    DisruptionBudget(u32),
    /// More was asked for than the ceiling admits.
    Ceiling(u32),
    /// Less would do, but not for long enough yet.
    Calming,
    /// Less would do, and one replica goes.
    Stepping,
    /// Less would do, but the step before is not long enough ago.
    Draining,
    /// Less would do, but not all replicas are ready.
    NotReady,
    /// Less would do, but the disruption budget admits none to go.
    NoDisruptionAllowed,
    /// Less may do, but the length of the queues is not known.
    BacklogUnknown,
    /// Nothing is scaled for the time being.
    Held(Hold),
    /// A person asked that nothing be changed.
    Paused,
}

/// Why nothing is scaled for the time being.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hold {
    /// A migration Job of the release runs.
    Migration(String),
    /// The declared time of maintenance.
    Maintenance,
}

impl Hold {
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Migration(_) => "MigrationRunning",
            Self::Maintenance => "Maintenance",
        }
    }
}

impl Reason {
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Floor => "Floor",
            Self::Peak(_) => "Peak",
            Self::Backlog(_) => "Backlog",
            Self::DisruptionBudget(_) => "DisruptionBudget",
            Self::Ceiling(_) => "Ceiling",
            Self::Calming => "Calming",
            Self::Stepping => "Stepping",
            Self::Draining => "Draining",
            Self::NotReady => "NotReady",
            Self::NoDisruptionAllowed => "NoDisruptionAllowed",
            Self::BacklogUnknown => "BacklogUnknown",
            Self::Held(hold) => hold.code(),
            Self::Paused => "Paused",
        }
    }

    /// Key and argument of the text for people.
    #[must_use]
    pub fn text(&self) -> (&'static str, String) {
        match self {
            Self::Floor => ("floor", String::new()),
            Self::Peak(name) => ("peak", name.clone()),
            Self::Backlog(messages) => ("backlog", messages.to_string()),
            Self::DisruptionBudget(least) => ("disruption-budget", least.to_string()),
            Self::Ceiling(ceiling) => ("ceiling", ceiling.to_string()),
            Self::Calming => ("calming", String::new()),
            Self::Stepping => ("stepping", String::new()),
            Self::Draining => ("draining", String::new()),
            Self::NotReady => ("not-ready", String::new()),
            Self::NoDisruptionAllowed => ("no-disruption-allowed", String::new()),
            Self::BacklogUnknown => ("backlog-unknown", String::new()),
            Self::Held(Hold::Migration(job)) => ("migration-running", job.clone()),
            Self::Held(Hold::Maintenance) => ("maintenance", String::new()),
            Self::Paused => ("paused", String::new()),
        }
    }
}
