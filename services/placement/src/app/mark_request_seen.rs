//! Somebody opens a request: what was done until then is known to them (domain §7.9).

use chassis::Tx;

use super::{Error, desk::look};
use crate::{
    domain::{Target, Viewer},
    store,
};

/// Notes the version that was shown. An older one than was noted before changes nothing.
///
/// # Errors
/// `NOT_FOUND`.
pub async fn run(tx: &mut Tx, viewer: &Viewer, target: &Target) -> Result<(), Error> {
    let request = look(tx, viewer, target.id).await?;
    let version = target.version.map_or(request.version, |read| read.min(request.version));
    Ok(store::seen::mark(tx, viewer.person, request.id, version).await?)
}
