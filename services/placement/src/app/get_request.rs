//! One request.

use chassis::Tx;
use kernel::PlacementRequestId;

use super::{
    Env, Error,
    desk::{look, show},
};
use crate::domain::{View, Viewer};

/// The request as the viewer may see it.
///
/// # Errors
/// `NOT_FOUND`.
pub async fn run(tx: &mut Tx, env: &Env, viewer: &Viewer, id: PlacementRequestId) -> Result<View, Error> {
    let request = look(tx, viewer, id).await?;
    show(tx, env, viewer, request).await
}
