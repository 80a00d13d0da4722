//! Who changed what on profiles.

use chassis::{Failure, Principal, page, rpc};
use proto::configuration::v1::{
    self as pb, ListDestinationHistoryRequest, ListDestinationHistoryResponse, ListServiceHistoryRequest,
    ListServiceHistoryResponse, profile_history_service_server::ProfileHistoryService,
};
use tonic::{Request, Response, Status};

use crate::{
    profiles::{
        app::profile_history::{ListProfileHistory, Page},
        domain::profile_history::Profile,
        wire,
    },
    resources,
};

/// Changes of a page unless told otherwise, and at most.
const PAGE: (i64, i64) = (20, 100);

#[tonic::async_trait]
impl ProfileHistoryService for resources::Server {
    async fn list_service_history(
        &self,
        request: Request<ListServiceHistoryRequest>,
    ) -> Result<Response<ListServiceHistoryResponse>, Status> {
        let parse = |who: &Principal, message: &ListServiceHistoryRequest| {
            let id = resources::key("service_id", &message.service_id)?;
            parse(who, Profile::Service(id), (message.page_size, &message.page_token))
        };
        let answer = |page| {
            let (changes, next_page_token) = answer(page);
            ListServiceHistoryResponse { changes, next_page_token }
        };
        rpc::read(&self.host.db, &self.cx, request, parse, answer).await
    }

    async fn list_destination_history(
        &self,
        request: Request<ListDestinationHistoryRequest>,
    ) -> Result<Response<ListDestinationHistoryResponse>, Status> {
        let parse = |who: &Principal, message: &ListDestinationHistoryRequest| {
            let id = resources::key("destination_id", &message.destination_id)?;
            parse(who, Profile::Destination(id), (message.page_size, &message.page_token))
        };
        let answer = |page| {
            let (changes, next_page_token) = answer(page);
            ListDestinationHistoryResponse { changes, next_page_token }
        };
        rpc::read(&self.host.db, &self.cx, request, parse, answer).await
    }
}

fn parse(who: &Principal, profile: Profile, (size, token): (i32, &str)) -> Result<ListProfileHistory, Failure> {
    let (below, limit) = (page::decode(token)?, page::size(size, PAGE.0, PAGE.1)?);
    Ok(ListProfileHistory { who: who.clone(), profile, below, limit })
}

fn answer(page: Page) -> (Vec<pb::ProfileChange>, String) {
    let changes = page.changes.into_iter().map(|(change, name)| wire::profile_history::write(change, name));
    (changes.collect(), page.next.as_ref().map(page::encode).unwrap_or_default())
}
