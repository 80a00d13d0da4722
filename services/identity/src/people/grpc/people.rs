//! Staff records.

use chassis::{Failure, Host, mask::Mask, page};
use futures::{FutureExt as _, TryFutureExt as _};
use kernel::{Fields, PersonId};
use proto::identity::v1::{
    CreatePersonRequest, CreatePersonResponse, GetPersonRequest, GetPersonResponse, ListPeopleRequest,
    ListPeopleResponse, UpdatePersonRequest, UpdatePersonResponse, person_service_server::PersonService,
};
use tonic::{Request, Response, Status};

use crate::{
    accounts,
    caller::caller,
    people::{
        app::{self, list_people::Ask},
        domain::person::PageKey,
        wire,
    },
};

/// Records on a page that nobody sized, and at most.
const PAGE: (i64, i64) = (50, 200);
/// Longest query, in characters.
const LONGEST_QUERY: usize = 100;

/// `tandem.identity.v1.PersonService`.
#[derive(Clone)]
pub struct People {
    host: Host,
}

impl People {
    /// The service.
    #[must_use]
    pub const fn new(host: Host) -> Self {
        Self { host }
    }
}

#[tonic::async_trait]
impl PersonService for People {
    async fn create_person(
        &self,
        request: Request<CreatePersonRequest>,
    ) -> Result<Response<CreatePersonResponse>, Status> {
        let (who, actor, message) = caller(&self.host, request)?;
        let new = wire::person::parse_create(&message).map_err(Failure::from)?;
        let (once, context) = ((&message, &*message.request_id), (&self.host.env, actor, new));
        let work = self.host.db.once_with(&who, "CreatePerson", once, &context, |tx, (env, actor, new)| {
            let created = app::create_person::run(tx, env, actor, new);
            created.map_ok(|person| CreatePersonResponse { person: Some(wire::person::to_proto(&person)) }).boxed()
        });
        Ok(Response::new(work.await?))
    }

    async fn get_person(&self, request: Request<GetPersonRequest>) -> Result<Response<GetPersonResponse>, Status> {
        let (_, actor, message) = caller(&self.host, request)?;
        let id: PersonId = accounts::parse_id("person_id", &message.person_id).map_err(Failure::from)?;
        let person = self
            .host
            .db
            .read_with(&(actor, id), |tx, (actor, id)| app::get_person::run(tx, actor, *id).boxed())
            .await?;
        Ok(Response::new(GetPersonResponse { person: Some(wire::person::to_proto(&person)) }))
    }

    async fn list_people(&self, request: Request<ListPeopleRequest>) -> Result<Response<ListPeopleResponse>, Status> {
        let (_, actor, message) = caller(&self.host, request)?;
        let ask = parse_list(&message)?;
        let (people, next) = self
            .host
            .db
            .read_with(&(actor, ask), |tx, (actor, ask)| app::list_people::run(tx, actor, ask).boxed())
            .await?;
        let next = next.map(|key| page::encode(&(key.last, key.first, key.id)));
        Ok(Response::new(ListPeopleResponse {
            people: people.iter().map(wire::person::to_proto).collect(),
            next_page_token: next.unwrap_or_default(),
        }))
    }

    async fn update_person(
        &self,
        request: Request<UpdatePersonRequest>,
    ) -> Result<Response<UpdatePersonResponse>, Status> {
        let (_, actor, message) = caller(&self.host, request)?;
        let mask = Mask::new(&message.update_mask, wire::person::CHANGEABLE).map_err(Failure::from)?;
        let edit = wire::person::parse_update(&message, |field| mask.has(field)).map_err(Failure::from)?;
        let context = (&self.host.env, actor, edit);
        let work = self
            .host
            .db
            .in_tx(&context, |tx, (env, actor, edit)| app::update_person::run(tx, env, actor, edit).boxed());
        let person = work.await?;
        Ok(Response::new(UpdatePersonResponse { person: Some(wire::person::to_proto(&person)) }))
    }
}

fn parse_list(message: &ListPeopleRequest) -> Result<Ask, Failure> {
    let mut fields = Fields::default();
    let agency = fields.optional_id("agency_id", &message.agency_id);
    let query = fields.text("query", &message.query, 0..=LONGEST_QUERY);
    let (agency, query) = fields.finish(|| Some((agency?, query?)))?;
    let after = page::decode::<(String, String, PersonId)>(&message.page_token)?;
    Ok(Ask {
        agency,
        query: kernel::fold(&query),
        include_inactive: message.include_inactive,
        after: after.map(|(last, first, id)| PageKey { last, first, id }),
        limit: page::size(message.page_size, PAGE.0, PAGE.1)?,
    })
}
