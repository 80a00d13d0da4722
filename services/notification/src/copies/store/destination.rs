//! The copy of destinations, with who answers for them.

use kernel::{DestinationId, PersonId, SiteId};

use super::super::domain::Destination;
use super::{Error, Tx};

/// Keeps a destination unless a newer version is there.
pub(crate) async fn keep(tx: &mut Tx, version: i64, destination: &Destination) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO destination_copy (id, version, name, agent_id, site_id) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (id) DO UPDATE
         SET version = excluded.version, name = excluded.name, agent_id = excluded.agent_id,
             site_id = excluded.site_id
         WHERE destination_copy.version < excluded.version",
        destination.id.uuid(),
        version,
        destination.name,
        destination.agent.map(PersonId::uuid),
        destination.site.map(SiteId::uuid),
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Who answers for a destination now, as far as is known here.
pub(crate) async fn agent(tx: &mut Tx, destination: DestinationId) -> Result<Option<PersonId>, Error> {
    let agent = sqlx::query_scalar!("SELECT agent_id FROM destination_copy WHERE id = $1", destination.uuid())
        .fetch_optional(&mut **tx)
        .await?;
    Ok(agent.flatten().map(PersonId::from))
}
