//! Coded reasons.

use proto::configuration::v1 as pb;

use crate::{
    codes::domain::reason::Reason,
    resources::{self, rpcs},
};

rpcs! {
    ReasonService in reason_service_server: Reason as reason, reasons;
    create create_reason(CreateReasonRequest) -> CreateReasonResponse, begin |new: &mut pb::Reason, _| new.active = true;
    get get_reason(GetReasonRequest by code) -> GetReasonResponse, key resources::code_key;
    list list_reasons(ListReasonsRequest) -> ListReasonsResponse;
    update update_reason(UpdateReasonRequest by code) -> UpdateReasonResponse, mask rpcs::all::<Reason>;
}
