//! Somebody opens a request: what was done until then is known to them (domain §7.9).

use chassis::Tx;

use super::{Error, desk::look};
use crate::{
    domain::{Target, Viewer, view},
    store,
};

/// Notes the version that was shown. An older one than was noted before changes nothing.
///
/// # Errors
/// `NOT_FOUND`.
pub async fn run(tx: &mut Tx, viewer: &Viewer, target: &Target) -> Result<(), Error> {
    let request = look(tx, viewer, target.id).await?;
    let shown = view::shown_version(&request, viewer.role);
    let version = target.version.map_or(shown, |read| read.min(shown));
    Ok(store::seen::mark(tx, viewer.person, request.id, version).await?)
}
