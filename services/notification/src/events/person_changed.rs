//! `identity.v1.person_changed`: name, address, language, and whether mails are taken.

use chassis::Tx;
use eventing::{Handle, HandlerError, Received};
use proto::identity::v1::PersonChanged;

use super::{keep, unreadable};
use crate::{app::keep_copy::Record, wire};

pub(super) struct OnPersonChanged;

impl Handle<PersonChanged> for OnPersonChanged {
    async fn handle(&self, tx: &mut Tx, received: Received<PersonChanged>) -> Result<(), HandlerError> {
        let person = wire::person::parse(&received.event).map_err(unreadable)?;
        keep(tx, received.aggregate_version, &Record::Person(person)).await
    }
}
