//! `identity.v1.person_changed`: keeps the copy of people who may be named as coordinators and agents.

use chassis::db::Tx;
use eventing::{Handle, HandlerError, Received};
use proto::identity::v1::PersonChanged;

use crate::{app::record_person, wire};

/// The handler.
pub struct OnPersonChanged;

impl Handle<PersonChanged> for OnPersonChanged {
    async fn handle(&self, tx: &mut Tx, received: Received<PersonChanged>) -> Result<(), HandlerError> {
        if let Some(person) = wire::person::parse(&received.event).map_err(HandlerError::reject)? {
            record_person::run(tx, &person, received.aggregate_version).await?;
        }
        Ok(())
    }
}
