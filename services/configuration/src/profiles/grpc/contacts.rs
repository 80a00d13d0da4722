//! Whom one turns to about a place.

use chassis::{Principal, rpc};
use proto::configuration::v1::{ListContactsRequest, ListContactsResponse, contact_service_server::ContactService};
use tonic::{Request, Response, Status};

use crate::{
    profiles::{app::contacts::ListContacts, domain::contact::Contact, wire},
    resources,
};

#[tonic::async_trait]
impl ContactService for resources::Server {
    async fn list_contacts(
        &self,
        request: Request<ListContactsRequest>,
    ) -> Result<Response<ListContactsResponse>, Status> {
        let parse = |who: &Principal, message: &_| {
            wire::contact::parse(message).map(|of| ListContacts { who: who.clone(), of })
        };
        let answer = |found: Vec<Contact>| ListContactsResponse {
            contacts: found.into_iter().map(wire::contact::write).collect(),
        };
        rpc::read(&self.host.db, &self.cx, request, parse, answer).await
    }
}
