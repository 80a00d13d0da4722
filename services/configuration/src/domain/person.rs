//! What configuration needs to know of people.

use kernel::{AgencyId, PersonId};

/// A person who may be named as coordinator or agent: a copy of identity's staff record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub id: PersonId,
    /// The employer.
    pub agency_id: AgencyId,
    /// False once archived.
    pub active: bool,
}
