//! One page of inbox or outbox, whichever the active role has: two methods of the contract, one shape.

use proto::{
    identity::v1::Role,
    placement::v1::{ListInboxRequest, ListOutboxRequest, PlacementRequest, WaitingFor},
};
use tonic::Status;

use crate::shell::SignedIn;

#[derive(Default)]
pub(crate) struct Listing {
    pub(crate) requests: Vec<PlacementRequest>,
    /// Empty on the last page.
    pub(crate) next: String,
    /// How many in all pages.
    pub(crate) total: i32,
}

/// The page that `question` asks for, of the outbox for a school and of the inbox for the others.
pub(crate) async fn read(user: &SignedIn, question: ListInboxRequest) -> Result<Listing, Status> {
    let mut requests = user.api.requests();
    if user.session.role() == Role::PlacingCoordinator {
        let page = requests.list_outbox(ListOutboxRequest::from(question)).await?.into_inner();
        return Ok(Listing { requests: page.requests, next: page.next_page_token, total: page.total_size });
    }
    let page = requests.list_inbox(question).await?.into_inner();
    Ok(Listing { requests: page.requests, next: page.next_page_token, total: page.total_size })
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
