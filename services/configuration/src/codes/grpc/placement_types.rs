//! Dated codes for kinds of placements.

use proto::configuration::v1 as pb;

use crate::{
    codes::domain::placement_type::PlacementType,
    resources::{self, rpcs},
};

rpcs! {
    PlacementTypeService in placement_type_service_server: PlacementType as placement_type, placement_types;
    create create_placement_type(CreatePlacementTypeRequest) -> CreatePlacementTypeResponse, begin |_: &mut pb::PlacementType, _| {};
    get get_placement_type(GetPlacementTypeRequest by code) -> GetPlacementTypeResponse, key resources::code_key;
    list list_placement_types(ListPlacementTypesRequest) -> ListPlacementTypesResponse;
    update update_placement_type(UpdatePlacementTypeRequest by code) -> UpdatePlacementTypeResponse, mask rpcs::all::<PlacementType>;
}
