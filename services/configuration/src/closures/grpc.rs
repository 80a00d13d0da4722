//! Days on which places take no students.

use proto::configuration::v1 as pb;

use crate::{
    closures::domain::Closure,
    resources::{self, rpcs},
};

rpcs! {
    ClosureService in closure_service_server: Closure as closure, closures;
    create create_closure(CreateClosureRequest) -> CreateClosureResponse, begin |new: &mut pb::Closure, ids| {
        new.id = ids.next::<uuid::Uuid>().to_string();
        new.active = true;
    };
    get get_closure(GetClosureRequest by closure_id) -> GetClosureResponse, key resources::key;
    list list_closures(ListClosuresRequest) -> ListClosuresResponse;
    update update_closure(UpdateClosureRequest by id) -> UpdateClosureResponse, mask rpcs::all::<Closure>;
}
