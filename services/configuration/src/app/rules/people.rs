//! People who are named as coordinators and agents.
//!
//! They are known by a copy of identity's people, which follows its events: a person created a moment ago may be refused
//! as unknown for some milliseconds. Callers that create both in a row try again.

use chassis::db::Tx;
use kernel::{AgencyId, PersonId};

use crate::{app::Refusal, store::person};

/// Refuses persons who are unknown, archived, or employed elsewhere: whoever is named gets to see requests.
pub async fn check_named(tx: &mut Tx, field: &str, id: PersonId, agency: AgencyId) -> Result<(), Refusal> {
    let fault = match person::find(tx, id).await? {
        None => "UNKNOWN_PERSON",
        Some(person) if !person.active => "PERSON_ARCHIVED",
        Some(person) if person.agency_id != agency => "PERSON_OF_OTHER_AGENCY",
        Some(_) => return Ok(()),
    };
    Err(Refusal::field(field, fault))
}
