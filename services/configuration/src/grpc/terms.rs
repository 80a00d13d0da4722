//! Terms.

use proto::configuration::v1 as pb;

use super::plumbing::{self, rpcs};
use crate::{domain::Term, wire};

rpcs! {
    TermService in term_service_server: Term as term, terms;
    create create_term(CreateTermRequest) -> CreateTermResponse, begin |new: &mut pb::Term, ids| {
        new.id = ids.next::<uuid::Uuid>().to_string();
        new.active = true;
    };
    get get_term(GetTermRequest by term_id) -> GetTermResponse, key wire::key;
    list list_terms(ListTermsRequest) -> ListTermsResponse;
    update update_term(UpdateTermRequest by id) -> UpdateTermResponse, mask plumbing::all::<Term>;
}
