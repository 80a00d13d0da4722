//! All that somebody can read.

use std::fmt::{Debug, Write as _};

use proto::{
    identity::v1::Role,
    placement::v1::{
        GetOccupancyRequest, GetRequestContactsRequest, GetRequestRequest, GetWorklistRequest, ListHistoryRequest,
        ListInboxRequest, ListOutboxRequest, PlacementRequestView, State,
    },
};
use testkit::service::User;
use tonic::{Response, Status};

use crate::world::{SITE, UNIT, World};

/// All that the placement API says to somebody about requests, call by call.
pub(super) async fn everything(world: &World, who: &User, ids: &[String]) -> String {
    let mut all = String::new();
    let mut client = world.client(who);
    for id in ids {
        let id = id.clone();
        say(&mut all, "request", client.get_request(GetRequestRequest { id: id.clone() }).await);
        say(&mut all, "history", client.list_history(ListHistoryRequest { id: id.clone() }).await);
        say(&mut all, "contacts", client.get_request_contacts(GetRequestContactsRequest { id }).await);
    }
    say(&mut all, "worklist", client.get_worklist(GetWorklistRequest::default()).await);
    // Sums of what was sent are everybody's (domain §10): a host reads more of them than of the requests.
    if who.role == Role::PlacingCoordinator {
        let question =
            GetOccupancyRequest { site_id: SITE.to_string(), from_date: "2027-01-11".into(), ..Default::default() };
        say(&mut all, "occupancy", client.get_occupancy(question).await);
    }
    for question in questions() {
        let call = format!("{question:?}");
        if who.role == Role::PlacingCoordinator {
            say(&mut all, &call, client.list_outbox(question).await);
        } else {
            say(&mut all, &call, client.list_inbox(ListInboxRequest::from(question)).await);
        }
    }
    all
}

/// The answer, or the refusal without what differs from call to call.
fn say<T: Debug>(all: &mut String, call: &str, answer: Result<Response<T>, Status>) {
    match answer {
        Ok(answer) => writeln!(all, "{call}: {:?}", answer.into_inner()),
        Err(refused) => writeln!(all, "{call}: {:?} {}", refused.code(), refused.message()),
    }
    .expect("written");
}

/// Lists in each order, by each state, late ones, changed ones, by words, and in small pages.
fn questions() -> Vec<ListOutboxRequest> {
    let plain = ListOutboxRequest { to_date: "2028-12-31".into(), include_total_size: true, ..Default::default() };
    let ordered = ["update_time desc", "start_date", "reference"].map(|order| ListOutboxRequest {
        order_by: order.into(),
        page_size: 2,
        include_total_size: false,
        ..plain.clone()
    });
    let by_state = (State::Draft as i32..=State::Deleted as i32)
        .map(|state| ListOutboxRequest { states: vec![state], ..plain.clone() });
    let marked = [
        ListOutboxRequest { overdue: true, ..plain.clone() },
        ListOutboxRequest { changed_by_others: true, ..plain.clone() },
        ListOutboxRequest { query: "ouest".into(), ..plain.clone() },
        ListOutboxRequest { destination_id: UNIT.to_string(), ..plain.clone() },
        ListOutboxRequest { view: PlacementRequestView::Basic.into(), ..plain.clone() },
        plain.clone(),
    ];
    ordered.into_iter().chain(by_state).chain(marked).collect()
}
