//! Schools and health organisations.

use proto::configuration::v1 as pb;

use super::plumbing::{self, rpcs};
use crate::{domain::Agency, wire};

rpcs! {
    AgencyService in agency_service_server: Agency as agency, agencies;
    create create_agency(CreateAgencyRequest) -> CreateAgencyResponse, begin |new: &mut pb::Agency, ids| {
        new.id = ids.next::<uuid::Uuid>().to_string();
        new.active = true;
    };
    get get_agency(GetAgencyRequest by agency_id) -> GetAgencyResponse, key wire::key;
    list list_agencies(ListAgenciesRequest) -> ListAgenciesResponse;
    update update_agency(UpdateAgencyRequest by id) -> UpdateAgencyResponse, mask plumbing::all::<Agency>;
}
