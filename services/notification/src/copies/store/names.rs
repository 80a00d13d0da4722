//! The names behind the ids of a request, as far as the copies know them.

use kernel::{PersonId, Text};

use super::super::domain::{Names, Person};
use super::{Error, Tx, person};
use crate::messages::Facts;

/// Looks them all up, with the name of the reason that is told.
pub(crate) async fn of(tx: &mut Tx, facts: &Facts, reason: Option<&String>) -> Result<Names, Error> {
    let row = sqlx::query!(
        "SELECT
             (SELECT name FROM agency_copy WHERE id = $1) AS placing_agency,
             (SELECT name FROM agency_copy WHERE id = $2) AS receiving_agency,
             (SELECT name FROM site_copy WHERE id = $3) AS site,
             (SELECT name FROM destination_copy WHERE id = $5) AS destination,
             service.name_fr AS \"service_fr?\", service.name_en AS \"service_en?\",
             program.name_fr AS \"program_fr?\", program.name_en AS \"program_en?\",
             reason.name_fr AS \"reason_fr?\", reason.name_en AS \"reason_en?\"
         FROM (VALUES (1)) AS one (one)
         LEFT JOIN service_copy AS service ON service.id = $4
         LEFT JOIN program_copy AS program ON program.id = $6
         LEFT JOIN reason_copy AS reason ON reason.code = $7",
        facts.placing_agency.uuid(),
        facts.receiving_agency.uuid(),
        facts.site.uuid(),
        facts.service.uuid(),
        facts.destination.map(kernel::DestinationId::uuid),
        facts.program.uuid(),
        reason,
    )
    .fetch_one(&mut **tx)
    .await?;
    let both = |fr: Option<String>, en: Option<String>| Some(Text { fr: fr?, en: en? });
    Ok(Names {
        placing_agency: row.placing_agency,
        receiving_agency: row.receiving_agency,
        site: row.site,
        service: both(row.service_fr, row.service_en),
        destination: row.destination,
        program: both(row.program_fr, row.program_en),
        reason: both(row.reason_fr, row.reason_en),
        actor: find(tx, facts.actor).await?,
        coordinator: find(tx, facts.receiving_coordinator).await?,
    })
}

async fn find(tx: &mut Tx, id: Option<PersonId>) -> Result<Option<Person>, Error> {
    match id {
        Some(id) => person::find(tx, id).await,
        None => Ok(None),
    }
}
