//! No. 21: other dates, the state staying. Days that a closure touches already may stay, and be fewer; none are added.

use chassis::Tx;

use super::{
    Env, Error,
    desk::{check_open_on, keep, moment, show, take},
};
use crate::domain::{ChangeDatesCommand, View, Viewer};

/// Changes the dates and answers the request as it is then.
///
/// # Errors
/// `NOT_FOUND`, `OUT_OF_SCOPE`, `STALE_ETAG`, `INVALID_TRANSITION`; `start_date` if it is moved into the past;
/// `PLACE_CLOSED` with the days of a closure that touches one that was not asked for before.
pub async fn run(tx: &mut Tx, env: &Env, viewer: &Viewer, command: &ChangeDatesCommand) -> Result<View, Error> {
    let request = take(tx, viewer, command.target).await?;
    let before = request.content.dates;
    let step = request.change_dates(viewer.actor(), command.dates, moment(env))?;
    for added in command.dates.without(before) {
        check_open_on(tx, &step.request, step.request.destination(), added).await?;
    }
    let request = keep(tx, env, step).await?;
    show(tx, env, viewer, request).await
}
