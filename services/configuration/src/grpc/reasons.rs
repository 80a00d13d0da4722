//! Coded reasons.

use proto::configuration::v1 as pb;

use super::plumbing::{self, rpcs};
use crate::{domain::Reason, wire};

rpcs! {
    ReasonService in reason_service_server: Reason as reason, reasons;
    create create_reason(CreateReasonRequest) -> CreateReasonResponse, begin |new: &mut pb::Reason, _| new.active = true;
    get get_reason(GetReasonRequest by code) -> GetReasonResponse, key wire::code_key;
    list list_reasons(ListReasonsRequest) -> ListReasonsResponse;
    update update_reason(UpdateReasonRequest by code) -> UpdateReasonResponse, mask plumbing::all::<Reason>;
}
