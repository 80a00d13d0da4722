//! Schools and health organisations.

use proto::configuration::v1 as pb;

use crate::{
    organisations::domain::agency::Agency,
    resources::{self, rpcs},
};

rpcs! {
    AgencyService in agency_service_server: Agency as agency, agencies;
    create create_agency(CreateAgencyRequest) -> CreateAgencyResponse, begin |new: &mut pb::Agency, ids| {
        new.id = ids.next::<uuid::Uuid>().to_string();
        new.active = true;
    };
    get get_agency(GetAgencyRequest by agency_id) -> GetAgencyResponse, key resources::key;
    list list_agencies(ListAgenciesRequest) -> ListAgenciesResponse;
    update update_agency(UpdateAgencyRequest by id) -> UpdateAgencyResponse, mask rpcs::all::<Agency>;
}
