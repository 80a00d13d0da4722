//! No. 3, the clock's half: held requests go out on their release date.

use chassis::Tx;
use kernel::PlacementRequestId;

use super::{
    Env, Error,
    desk::{keep, moment},
    dispatch,
};
use crate::{domain::Status, store};

/// Requests whose day has come, at most `limit`.
///
/// # Errors
/// If the store fails.
pub async fn due(tx: &mut Tx, env: &Env, limit: i64) -> Result<Vec<PlacementRequestId>, Error> {
    Ok(store::placement_request::due(tx, env.today(), limit).await?)
}

/// Sends one of them. One that is no longer held, because somebody deleted it meanwhile, is left alone.
///
/// # Errors
/// `STALE_ETAG` if somebody else is changing it; `NOT_YET_DUE`.
pub async fn run(tx: &mut Tx, env: &Env, id: PlacementRequestId) -> Result<(), Error> {
    let request = store::placement_request::load(tx, id).await?.ok_or(Error::NotFound)?;
    if request.status() != Status::Held {
        return Ok(());
    }
    let receiver = dispatch::receiver_of(tx, &request).await?;
    let step = request.release(receiver, moment(env))?;
    let request = keep(tx, env, step).await?;
    dispatch::redirect_automatically(tx, env, request, None).await?;
    Ok(())
}
