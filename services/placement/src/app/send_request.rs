//! Nos. 2 to 4 and 7: sends a draft.

use chassis::Tx;

use super::{
    Env, Error,
    desk::{show, take},
    dispatch,
};
use crate::{
    domain::{Move, Target, View, Viewer},
    store,
};

/// Sends the draft and answers the request as it is then.
///
/// # Errors
/// `NOT_FOUND`, `OUT_OF_SCOPE`, `STALE_ETAG`, `INVALID_TRANSITION`; `DRAFT_OUTDATED` with the fields, if what the draft
/// refers to has been retired since it was written, or its start has passed; `PLACE_CLOSED` with the days.
pub async fn run(tx: &mut Tx, env: &Env, viewer: &Viewer, target: &Target) -> Result<View, Error> {
    let request = take(tx, viewer, *target).await?;
    request.guard(Move::Send, viewer.role, env.today())?;
    let wish = request.destination();
    let references = store::facts::references(tx, &request.content, wish).await?;
    let checked = references
        .check(&request.content, wish.is_some(), request.origin, env.today())
        .map_err(Error::DraftOutdated)?;
    let request = dispatch::send(tx, env, request, checked.receiver(), viewer.actor()).await?;
    show(tx, env, viewer, request).await
}
