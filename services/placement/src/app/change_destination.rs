//! No. 22: another unit, the state staying.

use chassis::Tx;

use super::{
    Env, Error,
    desk::{keep, moment, show, take, unit_for},
};
use crate::domain::{ChangeDestinationCommand, Move, Place, Role, Unit, View, Viewer};

/// Changes the unit and answers the request as it is then.
///
/// # Errors
/// `NOT_FOUND`, `OUT_OF_SCOPE` (also where an agent names a unit that is not their own), `STALE_ETAG`,
/// `INVALID_TRANSITION`; `destination_id` if it cannot receive the request; `PLACE_CLOSED` with the days.
pub async fn run(tx: &mut Tx, env: &Env, viewer: &Viewer, command: &ChangeDestinationCommand) -> Result<View, Error> {
    let request = take(tx, viewer, command.target).await?;
    request.guard(Move::ChangeDestination, viewer.role, env.today())?;
    let destination = command.destination;
    let facts = unit_for(tx, &request, destination).await?;
    let place = Place { destination: Some(destination), ..request.place() };
    if viewer.role == Role::DestinationCoordinator && !viewer.receives_at(place) {
        return Err(Error::OutOfScope);
    }
    let unit = Unit { destination, agent: facts.agent() };
    let step = request.change_destination(viewer.actor(), unit, facts.is_user(), moment(env))?;
    let request = keep(tx, env, step).await?;
    show(tx, env, viewer, request).await
}
