//! One page of inbox or outbox, whichever the active role has: two methods of the contract, one shape.

use proto::{
    identity::v1::Role,
    placement::v1::{
        ListInboxRequest, ListInboxResponse, ListOutboxRequest, PlacementRequest, PlacementRequestSummary,
        PlacementRequestView, WaitingFor,
    },
};
use tonic::Status;

use crate::shell::SignedIn;

pub(crate) struct Listing<R> {
    pub(crate) requests: Vec<R>,
    /// Empty on the last page.
    pub(crate) next: String,
    /// How many in all pages.
    pub(crate) total: i32,
    /// The version of the closure by which they were selected; empty where it is not known yet.
    pub(crate) closure_etag: String,
}

impl<R> Default for Listing<R> {
    fn default() -> Self {
        Self { requests: Vec::new(), next: String::new(), total: 0, closure_etag: String::new() }
    }
}

/// The page that `question` asks for, of the outbox for a school and of the inbox for the others: whole requests, for pages
/// that act on them or tell more of them than a row does.
pub(crate) async fn read(user: &SignedIn, question: ListInboxRequest) -> Result<Listing<PlacementRequest>, Status> {
    let page = page(user, question, PlacementRequestView::Full).await?;
    let (next, closure_etag) = (page.next_page_token, page.closure_etag);
    Ok(Listing { requests: page.requests, next, total: page.total_size, closure_etag })
}

/// The same for pages that show rows and no more.
pub(crate) async fn read_summaries(
    user: &SignedIn,
    question: ListInboxRequest,
) -> Result<Listing<PlacementRequestSummary>, Status> {
    let page = page(user, question, PlacementRequestView::Basic).await?;
    let (next, closure_etag) = (page.next_page_token, page.closure_etag);
    Ok(Listing { requests: page.summaries, next, total: page.total_size, closure_etag })
}

async fn page(
    user: &SignedIn,
    question: ListInboxRequest,
    view: PlacementRequestView,
) -> Result<ListInboxResponse, Status> {
    let question = ListInboxRequest { view: view.into(), ..question };
    let mut requests = user.api.requests();
    if user.session.role() == Role::PlacingCoordinator {
        return Ok(requests.list_outbox(ListOutboxRequest::from(question)).await?.into_inner().into());
    }
    Ok(requests.list_inbox(question).await?.into_inner())
}

/// Whose turn it is when it is the turn of this role; nobody's for those who only look.
pub(crate) const fn own_turn(role: Role) -> WaitingFor {
    match role {
        Role::PlacingCoordinator => WaitingFor::PlacingAgency,
        Role::ReceivingCoordinator => WaitingFor::ReceivingAgency,
        Role::DestinationCoordinator => WaitingFor::Destination,
        _ => WaitingFor::Unspecified,
    }
}
