//! Whom one turns to about a place.

use chassis::{Failure, auth::caller};
use futures::FutureExt as _;
use proto::configuration::v1::{ListContactsRequest, ListContactsResponse, contact_service_server::ContactService};
use tonic::{Request, Response, Status};

use crate::{
    profiles::{app, wire},
    resources,
};

#[tonic::async_trait]
impl ContactService for resources::Server {
    async fn list_contacts(
        &self,
        request: Request<ListContactsRequest>,
    ) -> Result<Response<ListContactsResponse>, Status> {
        let (who, message) = caller(request)?;
        let of = wire::contact::parse(&message).map_err(Failure::from)?;
        let context = (&self.host.directory, who, of);
        let read = self
            .host
            .db
            .read_with(&context, |tx, (directory, who, of)| app::list_contacts::run(tx, directory, who, *of).boxed());
        let found = read.await?;
        Ok(Response::new(ListContactsResponse { contacts: found.into_iter().map(wire::contact::write).collect() }))
    }
}
