//! No. 1: a draft by the school; or a quick entry by the coordinator, for a school that is not a user, which goes out at
//! once (domain §12 no. 3). A quick entry may record what has begun already; a school's own draft begins today or later.

use chassis::Tx;
use kernel::Invalid;

use super::{
    Env, Error,
    desk::{moment, show, tell},
    dispatch,
};
use crate::{
    domain::{
        Checked, CreateCommand, NewRequest, Origin, Place, PlacementRequest, Reference, Role, Step, View, Viewer,
    },
    store,
};

/// How many references are drawn before we give up: with five million requests one draw in two hundred is taken.
const DRAWS: u32 = 8;

/// Makes the request and answers it as it is then.
///
/// # Errors
/// `INVALID_FIELDS`; `PLACE_CLOSED` for a quick entry; `OUT_OF_SCOPE` if no grant that writes covers the program or, for a quick entry, the service.
pub async fn run(
    tx: &mut Tx,
    env: &Env,
    province: &str,
    viewer: &Viewer,
    command: &CreateCommand,
) -> Result<View, Error> {
    let origin = match viewer.role {
        Role::ReceivingCoordinator => Origin::ReceivingAgency,
        _ => Origin::PlacingAgency,
    };
    let references = store::facts::references(tx, &command.content, command.wish).await?;
    let checked = references.check(&command.content, command.wish.is_some(), origin, env.today())?;
    match origin {
        Origin::PlacingAgency if !viewer.places_for(checked.program.school, command.content.program) => {
            return Err(Error::OutOfScope);
        }
        Origin::PlacingAgency => {}
        Origin::ReceivingAgency => check_quick_entry(viewer, command, &checked)?,
    }
    let step = draft(tx, env, province, viewer, command, origin, &checked).await?;
    let mut request = tell(tx, env, step, Some(viewer.person)).await?;
    if origin == Origin::ReceivingAgency {
        request = dispatch::send(tx, env, request, checked.receiver(), viewer.actor()).await?;
    }
    show(tx, env, viewer, request).await
}

fn check_quick_entry(viewer: &Viewer, command: &CreateCommand, checked: &Checked) -> Result<(), Error> {
    let content = &command.content;
    let place = Place { agency: checked.site.agency, site: content.site, service: content.service, destination: None };
    if !viewer.receives_at(place) {
        return Err(Error::OutOfScope);
    }
    let fault = match command.placing_agency {
        None => ("request.placing_agency_id", "REQUIRED"),
        Some(school) if school != checked.program.school => ("request.program_id", "MISMATCHED_REFERENCE"),
        Some(_) if checked.program.is_user => ("request.placing_agency_id", "SCHOOL_IS_USER"),
        // What was entered for a non-user agency could reach nobody here.
        Some(_) if !checked.site.is_user => ("request.site_id", "AGENCY_NOT_USER"),
        Some(_) => return Ok(()),
    };
    Err(Invalid::field(fault.0, fault.1).into())
}

async fn draft(
    tx: &mut Tx,
    env: &Env,
    province: &str,
    viewer: &Viewer,
    command: &CreateCommand,
    origin: Origin,
    checked: &Checked,
) -> Result<Step, Error> {
    for _ in 0..DRAWS {
        let new = NewRequest {
            id: env.ids.next(),
            reference: Reference::of(province, env.ids.next()),
            origin,
            content: command.content.clone(),
            wish: command.wish,
        };
        let step = PlacementRequest::draft(new, checked, viewer.actor(), moment(env));
        if store::placement_request::insert(tx, &step.request).await? {
            return Ok(step);
        }
    }
    Err(Error::NoFreeReference)
}
