//! `configuration.v1.program_changed`.

use chassis::Tx;
use eventing::{Handle, HandlerError, Received};
use proto::configuration::v1::ProgramChanged;

use crate::{app, wire};

/// Keeps the place in the copy.
#[derive(Clone, Copy, Debug)]
pub struct OnProgramChanged;

impl Handle<ProgramChanged> for OnProgramChanged {
    async fn handle(&self, tx: &mut Tx, received: Received<ProgramChanged>) -> Result<(), HandlerError> {
        let record = wire::place::program(&received.event, received.aggregate_version).map_err(HandlerError::reject)?;
        app::record_place::run(tx, &record).await.map_err(HandlerError::retry)
    }
}
