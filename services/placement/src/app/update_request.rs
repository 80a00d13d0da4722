//! Changes a draft.

use chassis::Tx;

use super::{
    Env, Error,
    desk::{keep, moment, show, take},
};
use crate::{
    domain::{Move, UpdateCommand, View, Viewer},
    store,
};

/// Changes the fields of the patch and answers the request as it is then.
///
/// # Errors
/// `NOT_FOUND`, `OUT_OF_SCOPE`, `STALE_ETAG`, `INVALID_TRANSITION`, `INVALID_FIELDS`.
pub async fn run(tx: &mut Tx, env: &Env, viewer: &Viewer, command: &UpdateCommand) -> Result<View, Error> {
    let request = take(tx, viewer, command.target).await?;
    request.guard(Move::Update, viewer.role, env.today())?;
    let wish = command.patch.wish.unwrap_or(request.destination());
    let content = request.content.clone().patched(command.patch.clone())?;
    let references = store::facts::references(tx, &content, wish).await?;
    let checked = references.check(&content, wish.is_some(), request.origin, env.today())?;
    if !viewer.places_for(checked.program.school, content.program) {
        return Err(Error::OutOfScope);
    }
    let step = request.update(viewer.actor(), content, wish, &checked, moment(env))?;
    let request = keep(tx, env, step).await?;
    show(tx, env, viewer, request).await
}
