//! The requests that a closure touches (domain §5.6), as far as the reader sees them.

use proto::placement::v1::ListInboxRequest;
use tonic::Status;

use crate::{
    pages::requests::{self, LIST, Row},
    shell::{SignedIn, address},
};

/// Requests that the page shows; the others are a link away.
const SHOWN: i32 = 50;

/// A part of the list, and where all of it is, to act on many at once.
pub(crate) struct Affected {
    pub(crate) rows: Vec<Row>,
    pub(crate) total: i32,
    pub(crate) all: String,
    /// Whether the closure has not arrived yet where they are counted.
    pub(crate) is_counting: bool,
}

impl Affected {
    /// Reads it for a closure in a version; nothing for those who have no list of requests.
    pub(crate) async fn read(user: &SignedIn, closure: &str, etag: &str) -> Result<Option<Self>, Status> {
        let role = user.session.role();
        if !requests::ENTRY.is_open_to(role) {
            return Ok(None);
        }
        let question = ListInboxRequest {
            closure_id: closure.to_owned(),
            page_size: SHOWN,
            include_total_size: true,
            ..ListInboxRequest::default()
        };
        let page = requests::read_summaries(user, question).await?;
        let here = format!("/places/closures/{closure}");
        Ok(Some(Self {
            is_counting: version(&page.closure_etag) < version(etag),
            rows: Row::all(user.text(), role, &here, page.requests),
            total: page.total,
            all: address(LIST, &[("closure", closure)]),
        }))
    }
}

/// Versions count from 1; what is not known comes before all.
fn version(etag: &str) -> i64 {
    etag.parse().unwrap_or_default()
}
