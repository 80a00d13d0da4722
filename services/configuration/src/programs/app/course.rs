//! Courses (domain §6): kept by those who keep the program; they start requests with a placement type that is in use.

use chassis::{Principal, db::Tx};

use crate::{
    codes::PlacementType,
    organisations,
    programs::domain::course::Course,
    resources::{self, Context, Refusal, Resource, Table as _, becomes_active},
};

impl Resource for Course {
    async fn permit(tx: &mut Tx, who: &Principal, _: Option<&Self>, after: &Self) -> Result<(), Refusal> {
        match organisations::holds::program(tx, after.program_id).await? {
            Some((agency, _)) => resources::access::keeper_of_program(who, agency, after.program_id),
            None => Ok(()),
        }
    }

    async fn check(tx: &mut Tx, cx: &Context, before: Option<&Self>, after: &Self) -> Result<(), Refusal> {
        match organisations::holds::program(tx, after.program_id).await? {
            None => return Err(Refusal::field("course.program_id", "UNKNOWN_PROGRAM")),
            Some((_, false)) if becomes_active(before.map(|c| c.active), after.active) => {
                return Err(Refusal::ProgramRetired);
            }
            Some(_) => {}
        }
        let Some(code) = &after.placement_type else { return Ok(()) };
        if before.and_then(|c| c.placement_type.as_ref()) == Some(code) {
            return Ok(());
        }
        match PlacementType::find(tx, code).await? {
            None => Err(Refusal::field("course.placement_type_code", "UNKNOWN_PLACEMENT_TYPE")),
            Some(kind) if !kind.value.is_valid(cx.env.today()) => {
                Err(Refusal::field("course.placement_type_code", "PLACEMENT_TYPE_NOT_IN_USE"))
            }
            Some(_) => Ok(()),
        }
    }
}
