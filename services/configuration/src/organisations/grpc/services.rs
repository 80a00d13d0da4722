//! Clinical services at sites.

use proto::configuration::v1 as pb;

use crate::{
    organisations::domain::service::Service,
    resources::{self, rpcs},
};

rpcs! {
    ServiceService in service_service_server: Service as service, services;
    create create_service(CreateServiceRequest) -> CreateServiceResponse, begin |new: &mut pb::Service, ids| {
        new.id = ids.next::<uuid::Uuid>().to_string();
        new.active = true;
    };
    get get_service(GetServiceRequest by service_id) -> GetServiceResponse, key resources::key;
    list list_services(ListServicesRequest) -> ListServicesResponse;
    update update_service(UpdateServiceRequest by id) -> UpdateServiceResponse, mask rpcs::all::<Service>;
}
