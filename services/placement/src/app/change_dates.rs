//! No. 21: other dates, the state staying.

use chassis::Tx;

use super::{
    Env, Error,
    desk::{keep, moment, show, take},
};
use crate::domain::{ChangeDatesCommand, View, Viewer};

/// Changes the dates and answers the request as it is then.
///
/// # Errors
/// `NOT_FOUND`, `OUT_OF_SCOPE`, `STALE_ETAG`, `INVALID_TRANSITION`; `start_date` if it is moved into the past.
pub async fn run(tx: &mut Tx, env: &Env, viewer: &Viewer, command: &ChangeDatesCommand) -> Result<View, Error> {
    let request = take(tx, viewer, command.target).await?;
    let step = request.change_dates(viewer.actor(), command.dates, moment(env))?;
    let request = keep(tx, env, step).await?;
    show(tx, env, viewer, request).await
}
