//! People who are named as coordinators and agents.
//!
//! They are known by the directory, which follows identity's events: a person created a moment ago may be refused as unknown
//! for some milliseconds. Callers that create both in a row try again.

use chassis::db::Tx;
use kernel::{AgencyId, PersonId};

use crate::resources::{Context, Refusal};

/// Refuses persons who are unknown, archived, or employed elsewhere: whoever is named gets to see requests. Nobody names the
/// operator's own staff, whom no agency employs.
pub async fn check_named(
    tx: &mut Tx,
    cx: &Context,
    field: &str,
    id: PersonId,
    agency: AgencyId,
) -> Result<(), Refusal> {
    let person = cx.directory.person(&mut **tx, id).await?;
    let fault = match person.filter(|person| person.agency.is_some()) {
        None => "UNKNOWN_PERSON",
        Some(person) if !person.active => "PERSON_ARCHIVED",
        Some(person) if person.agency != Some(agency) => "PERSON_OF_OTHER_AGENCY",
        Some(_) => return Ok(()),
    };
    Err(Refusal::field(field, fault))
}
