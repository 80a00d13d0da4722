//! `configuration.v1.program_changed`: its name is kept.

use chassis::db::Tx;
use eventing::{Handle, HandlerError, Received};
use proto::configuration::v1::ProgramChanged;

use crate::{app, wire};

/// Keeps the name.
pub struct OnProgramChanged;

impl Handle<ProgramChanged> for OnProgramChanged {
    async fn handle(&self, tx: &mut Tx, received: Received<ProgramChanged>) -> Result<(), HandlerError> {
        let name = wire::name::program(received.event.program).map_err(HandlerError::reject)?;
        Ok(app::keep_name::run(tx, received.aggregate_version, &name).await?)
    }
}
