//! Clinical services at sites.

use proto::configuration::v1 as pb;

use super::plumbing::{self, rpcs};
use crate::{domain::Service, wire};

rpcs! {
    ServiceService in service_service_server: Service as service, services;
    create create_service(CreateServiceRequest) -> CreateServiceResponse, begin |new: &mut pb::Service, ids| {
        new.id = ids.next::<uuid::Uuid>().to_string();
        new.active = true;
    };
    get get_service(GetServiceRequest by service_id) -> GetServiceResponse, key wire::key;
    list list_services(ListServicesRequest) -> ListServicesResponse;
    update update_service(UpdateServiceRequest by id) -> UpdateServiceResponse, mask plumbing::all::<Service>;
}
