//! `configuration.v1.program_changed`: a program's name, for the mails.

use chassis::Tx;
use eventing::{Handle, HandlerError, Received};
use proto::configuration::v1::ProgramChanged;

use super::{keep, unreadable};
use crate::{app::keep_copy::Record, wire};

pub(super) struct OnProgramChanged;

impl Handle<ProgramChanged> for OnProgramChanged {
    async fn handle(&self, tx: &mut Tx, received: Received<ProgramChanged>) -> Result<(), HandlerError> {
        let program = wire::configuration::program(&received.event).map_err(unreadable)?;
        keep(tx, received.aggregate_version, &Record::Program(program)).await
    }
}
