//! The requests that a closure touches (domain §5.6), as far as the reader sees them.

use proto::placement::v1::ListInboxRequest;
use tonic::Status;

use crate::{
    addresses::address,
    frame::{Room, is_open_to},
    pages::requests::{LIST, Row, read},
    visitor::SignedIn,
};

/// Requests that the page shows; the others are a link away.
const SHOWN: i32 = 50;

/// A part of the list, and where all of it is, to act on many at once.
pub(crate) struct Affected {
    pub(crate) rows: Vec<Row>,
    pub(crate) total: i32,
    pub(crate) all: String,
}

impl Affected {
    /// Reads it; nothing for those who have no list of requests.
    pub(crate) async fn read(signed_in: &SignedIn, closure: &str) -> Result<Option<Self>, Status> {
        let role = signed_in.session.role();
        if !is_open_to(Room::Requests, role) {
            return Ok(None);
        }
        let question = ListInboxRequest {
            closure_id: closure.to_owned(),
            order_by: "start_date".to_owned(),
            page_size: SHOWN,
            ..ListInboxRequest::default()
        };
        let page = read(signed_in, question).await?;
        let here = format!("/places/closures/{closure}");
        Ok(Some(Self {
            rows: Row::all(signed_in.text(), role, &here, &page.requests),
            total: page.total,
            all: address(LIST, &[("closure", closure)]),
        }))
    }
}
