//! Terms.

use proto::configuration::v1 as pb;

use crate::{
    programs::domain::term::Term,
    resources::{self, rpcs},
};

rpcs! {
    TermService in term_service_server: Term as term, terms;
    create create_term(CreateTermRequest) -> CreateTermResponse, begin |new: &mut pb::Term, ids| {
        new.id = ids.next::<uuid::Uuid>().to_string();
        new.active = true;
    };
    get get_term(GetTermRequest by term_id) -> GetTermResponse, key resources::key;
    list list_terms(ListTermsRequest) -> ListTermsResponse;
    update update_term(UpdateTermRequest by id) -> UpdateTermResponse, mask rpcs::all::<Term>;
}
