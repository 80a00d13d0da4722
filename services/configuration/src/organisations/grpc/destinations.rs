//! Units that receive students.

use chassis::{Principal, mask::Mask};
use directory::model::Role;
use kernel::Invalid;
use prost_types::FieldMask;
use proto::configuration::v1 as pb;

use crate::{
    organisations::domain::destination::Destination,
    resources::{self, rpcs},
};

rpcs! {
    DestinationService in destination_service_server: Destination as destination, destinations;
    create create_destination(CreateDestinationRequest) -> CreateDestinationResponse, begin |new: &mut pb::Destination, ids| {
        new.id = ids.next::<uuid::Uuid>().to_string();
        new.active = true;
    };
    get get_destination(GetDestinationRequest by destination_id) -> GetDestinationResponse, key resources::key;
    list list_destinations(ListDestinationsRequest) -> ListDestinationsResponse;
    update update_destination(UpdateDestinationRequest by id) -> UpdateDestinationResponse, mask profile_or_all;
}

/// All that a destination coordinator may change (domain §4.4).
const PROFILE: [&str; 9] = [
    "name",
    "short_name",
    "capacity",
    "maximum_group_size",
    "description",
    "location",
    "shifts",
    "minimum_notice_weeks",
    "prerequisites",
];

/// An empty mask means all that the caller may change: to a destination coordinator, the profile. Who names another field
/// is refused by the use case, with a reason that says why.
fn profile_or_all(who: &Principal, mask: &Option<FieldMask>) -> Result<Mask, Invalid> {
    let is_empty = mask.as_ref().is_none_or(|m| m.paths.is_empty());
    if is_empty && who.rights.role == Role::DestinationCoordinator {
        return Mask::new(&None, &PROFILE);
    }
    rpcs::all::<Destination>(who, mask)
}
