//! Who changed what on profiles.

use chassis::{Failure, Principal, auth::caller, page};
use futures::FutureExt as _;
use proto::configuration::v1::{
    ListDestinationHistoryRequest, ListDestinationHistoryResponse, ListServiceHistoryRequest,
    ListServiceHistoryResponse, ProfileChange, profile_history_service_server::ProfileHistoryService,
};
use tonic::{Request, Response, Status};

use crate::{
    profiles::{
        app::{self, list_profile_history::Ask},
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
        let (who, message) = caller(request)?;
        let id = resources::key("service_id", &message.service_id).map_err(Failure::from)?;
        let asked = (message.page_size, message.page_token.as_str());
        let (changes, next_page_token) = self.history(who, Profile::Service(id), asked).await?;
        Ok(Response::new(ListServiceHistoryResponse { changes, next_page_token }))
    }

    async fn list_destination_history(
        &self,
        request: Request<ListDestinationHistoryRequest>,
    ) -> Result<Response<ListDestinationHistoryResponse>, Status> {
        let (who, message) = caller(request)?;
        let id = resources::key("destination_id", &message.destination_id).map_err(Failure::from)?;
        let asked = (message.page_size, message.page_token.as_str());
        let (changes, next_page_token) = self.history(who, Profile::Destination(id), asked).await?;
        Ok(Response::new(ListDestinationHistoryResponse { changes, next_page_token }))
    }
}

impl resources::Server {
    async fn history(
        &self,
        who: Principal,
        profile: Profile,
        (size, token): (i32, &str),
    ) -> Result<(Vec<ProfileChange>, String), Failure> {
        let ask = Ask { profile, below: page::decode(token)?, limit: page::size(size, PAGE.0, PAGE.1)? };
        let context = (&self.host.directory, who, ask);
        let read = self.host.db.read_with(&context, |tx, (directory, who, ask)| {
            app::list_profile_history::run(tx, directory, who, ask).boxed()
        });
        let found = read.await?;
        let changes = found.changes.into_iter().map(|(change, name)| wire::profile_history::write(change, name));
        Ok((changes.collect(), found.next.as_ref().map(page::encode).unwrap_or_default()))
    }
}
