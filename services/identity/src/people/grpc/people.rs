//! Staff records.

use chassis::{Failure, Host, mask::Mask, page, rpc};
use kernel::{Fields, PersonId, SearchTerms};
use proto::identity::v1::{
    self as pb, CreatePersonRequest, CreatePersonResponse, GetPersonRequest, GetPersonResponse, ListPeopleRequest,
    ListPeopleResponse, UpdatePersonRequest, UpdatePersonResponse, person_service_server::PersonService,
};
use tonic::{Request, Response, Status};

use crate::{
    accounts,
    caller::actor,
    people::{
        app::{
            access::Actor,
            changes::{CreatePerson, UpdatePerson},
            reads::{GetPerson, ListPeople},
        },
        domain::person::{PageKey, Person},
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
        let Host { db, env, .. } = &self.host;
        let parse = |who: &_, message: &_| {
            let new = wire::person::parse_create(message)?;
            Ok::<_, Failure>(CreatePerson { actor: actor(&self.host, who), new })
        };
        rpc::once(db, env, request, parse, |person| CreatePersonResponse { person: answer(&person) }).await
    }

    async fn get_person(&self, request: Request<GetPersonRequest>) -> Result<Response<GetPersonResponse>, Status> {
        let Host { db, env, .. } = &self.host;
        let parse = |who: &_, message: &GetPersonRequest| {
            let person = accounts::parse_id("person_id", &message.person_id)?;
            Ok::<_, Failure>(GetPerson { actor: actor(&self.host, who), person })
        };
        rpc::read(db, env, request, parse, |person| GetPersonResponse { person: answer(&person) }).await
    }

    async fn list_people(&self, request: Request<ListPeopleRequest>) -> Result<Response<ListPeopleResponse>, Status> {
        let Host { db, env, .. } = &self.host;
        let parse = |who: &_, message: &_| parse_list(actor(&self.host, who), message);
        let answer = |(people, next): (Vec<Person>, Option<PageKey>)| ListPeopleResponse {
            people: people.iter().map(wire::person::to_proto).collect(),
            next_page_token: next.map(|key| page::encode(&(key.last, key.first, key.id))).unwrap_or_default(),
        };
        rpc::read(db, env, request, parse, answer).await
    }

    async fn update_person(
        &self,
        request: Request<UpdatePersonRequest>,
    ) -> Result<Response<UpdatePersonResponse>, Status> {
        let Host { db, env, .. } = &self.host;
        let parse = |who: &_, message: &UpdatePersonRequest| {
            let mask = Mask::new(&message.update_mask, wire::person::CHANGEABLE)?;
            let message = message.person.clone().unwrap_or_default();
            let (person, etag) = wire::person::parse_target(&message)?;
            Ok::<_, Failure>(UpdatePerson { actor: actor(&self.host, who), person, etag, message, mask })
        };
        rpc::write(db, env, request, parse, |person| UpdatePersonResponse { person: answer(&person) }).await
    }
}

fn answer(person: &Person) -> Option<pb::Person> {
    Some(wire::person::to_proto(person))
}

fn parse_list(actor: Actor, message: &ListPeopleRequest) -> Result<ListPeople, Failure> {
    let mut fields = Fields::default();
    let agency = fields.optional_id("agency_id", &message.agency_id);
    let query = fields.text("query", &message.query, 0..=LONGEST_QUERY);
    let (agency, query) = fields.finish(|| Some((agency?, query?)))?;
    let after = page::decode::<(String, String, PersonId)>(&message.page_token)?;
    Ok(ListPeople {
        actor,
        agency,
        query: SearchTerms::of(&query),
        include_inactive: message.include_inactive,
        after: after.map(|(last, first, id)| PageKey { last, first, id }),
        limit: page::size(message.page_size, PAGE.0, PAGE.1)?,
    })
}
