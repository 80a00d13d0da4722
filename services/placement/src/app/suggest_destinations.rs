//! Where a request could go: for redirecting it, and for changing its unit.

use chassis::Tx;
use kernel::PlacementRequestId;

use super::{Error, desk::look};
use crate::{
    domain::{Fit, Kind, Place, Role, Span, Viewer, fit},
    store,
};

/// The units at the request's site that serve its service, the best first; an agent's own ones only, since an agent passes a
/// request on among these (no. 22).
///
/// # Errors
/// `NOT_FOUND`.
pub async fn run(tx: &mut Tx, viewer: &Viewer, id: PlacementRequestId) -> Result<Vec<Fit>, Error> {
    let request = look(tx, viewer, id).await?;
    let content = &request.content;
    let span = Span { dates: content.dates, weekdays: content.weekdays, without: Some(request.id) };
    let mut units = store::places::units(tx, &[content.service.uuid()], span).await?;
    units.retain(|unit| {
        viewer.role != Role::DestinationCoordinator
            || viewer.receives_at(Place { destination: Some(unit.id), ..request.place() })
    });
    if content.kind != Kind::Group {
        // Students who come one by one are no group, however many they are.
        units.iter_mut().for_each(|unit| unit.group_size = 0);
    }
    Ok(fit::ranked(units, content.student_count.into()))
}
