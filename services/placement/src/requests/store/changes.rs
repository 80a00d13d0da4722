//! Changes of requests as the database tells them to every replica, once their transaction has been committed.

use kernel::PlacementRequestId;
use serde::{Deserialize, Serialize};
use sqlx::{PgPool, postgres::PgListener};
use uuid::Uuid;

use super::Error;
use crate::requests::domain::{Change, EntryKind, Place, Status};

/// The channel; other services of the province share the database, not this name.
pub(super) const CHANNEL: &str = "tandem_placement.changes";

/// A connection that hears of every change.
pub struct Changes(PgListener);

impl Changes {
    /// Begins to listen. What is committed from now on will be heard.
    pub async fn listen(pool: &PgPool) -> Result<Self, Error> {
        let mut listener = PgListener::connect_with(pool).await?;
        listener.listen(CHANNEL).await?;
        Ok(Self(listener))
    }

    /// The next change; nothing where the connection was lost and found again, so that some may have been missed.
    ///
    /// # Errors
    /// If the database is away, or somebody else writes into our channel.
    pub async fn next(&mut self) -> Result<Option<Change>, Error> {
        match self.0.try_recv().await? {
            Some(told) => read(told.payload()).map(Some),
            None => Ok(None),
        }
    }
}

/// A change on the wire: ids and codes.
#[derive(Serialize, Deserialize)]
struct Payload {
    request: Uuid,
    school: Uuid,
    program: Uuid,
    agency: Uuid,
    site: Uuid,
    service: Uuid,
    unit: Option<Uuid>,
    left: Option<Uuid>,
    kind: String,
    from: Option<String>,
    to: String,
}

/// What is sent with `pg_notify` into [`CHANNEL`].
pub(super) fn written(change: &Change) -> String {
    let payload = Payload {
        request: change.request.uuid(),
        school: change.school.uuid(),
        program: change.program.uuid(),
        agency: change.place.agency.uuid(),
        site: change.place.site.uuid(),
        service: change.place.service.uuid(),
        unit: change.place.destination.map(|id| id.uuid()),
        left: change.left.map(|id| id.uuid()),
        kind: change.kind.code().to_owned(),
        from: change.from.map(|status| status.code().to_owned()),
        to: change.to.code().to_owned(),
    };
    serde_json::to_string(&payload).unwrap_or_default()
}

fn read(text: &str) -> Result<Change, Error> {
    let fault = |column| Error::inconsistent(CHANNEL, column, text);
    let payload: Payload = serde_json::from_str(text).map_err(|_| fault("payload"))?;
    let status = |code: &str| Status::parse(code).ok_or_else(|| fault("state"));
    Ok(Change {
        request: PlacementRequestId::from(payload.request),
        school: payload.school.into(),
        program: payload.program.into(),
        place: Place {
            agency: payload.agency.into(),
            site: payload.site.into(),
            service: payload.service.into(),
            destination: payload.unit.map(Into::into),
        },
        left: payload.left.map(Into::into),
        kind: EntryKind::parse(&payload.kind).ok_or_else(|| fault("kind"))?,
        from: payload.from.as_deref().map(status).transpose()?,
        to: status(&payload.to)?,
    })
}
