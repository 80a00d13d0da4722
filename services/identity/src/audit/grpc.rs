//! The record of access.

use chassis::{Failure, Host, page, rpc};
use jiff::Timestamp;
use kernel::Invalid;
use proto::identity::v1::{ListAccessEntriesRequest, ListAccessEntriesResponse, audit_service_server::AuditService};
use tonic::{Request, Response, Status};
use uuid::Uuid;

use crate::audit::{
    app::ListEntries,
    domain::{PageKey, Recorded},
    wire,
};

/// Lines on a page that nobody sized, and at most.
const PAGE: (i64, i64) = (100, 1000);

/// `tandem.identity.v1.AuditService`.
#[derive(Clone)]
pub struct Audit {
    host: Host,
}

impl Audit {
    /// The service.
    #[must_use]
    pub const fn new(host: Host) -> Self {
        Self { host }
    }
}

#[tonic::async_trait]
impl AuditService for Audit {
    async fn list_access_entries(
        &self,
        request: Request<ListAccessEntriesRequest>,
    ) -> Result<Response<ListAccessEntriesResponse>, Status> {
        let Host { db, env, .. } = &self.host;
        let parse = |_: &_, message: &ListAccessEntriesRequest| {
            let after = page::decode::<(Timestamp, Uuid)>(&message.page_token)?;
            if after.is_some_and(|(at, _)| at < Timestamp::UNIX_EPOCH) {
                return Err(Invalid::field("page_token", "MALFORMED_PAGE_TOKEN").into());
            }
            Ok::<_, Failure>(ListEntries {
                filter: wire::parse_filter(message)?,
                after: after.map(|(at, id)| PageKey { at, id }),
                limit: page::size(message.page_size, PAGE.0, PAGE.1)?,
            })
        };
        let answer = |(lines, next): (Vec<Recorded>, Option<PageKey>)| ListAccessEntriesResponse {
            entries: lines.iter().map(wire::to_proto).collect(),
            next_page_token: next.map(|key| page::encode(&(key.at, key.id))).unwrap_or_default(),
        };
        rpc::read(db, env, request, parse, answer).await
    }
}
